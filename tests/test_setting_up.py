"""Setting up says the true cause in one line, before it has done half of the work."""

import os
import re
import shutil
import socket
import subprocess

import pytest
from django.conf import settings

BIN = settings.BASE_DIR / "bin"
UV_VERSION = re.search(r"uv_version=(\S+)", (BIN / "setup").read_text())[1]
UV = f".tools/uv-{UV_VERSION}/bin/uv"


@pytest.fixture
def clone(tmp_path):
    """A fresh clone as far as setting up reads it."""
    shutil.copytree(BIN, tmp_path / "clone" / "bin")
    for name in ("pyproject.toml", "uv.lock"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def tool(path, script):
    """Put a program there that says what it would say on a machine in trouble."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(clone, *command, **environment):
    return subprocess.run(
        [clone / "bin" / command[0], *command[1:]],
        env=os.environ
        | {"PATH": f"{clone}/first:{os.environ['PATH']}", "UV_HTTP_RETRIES": "0"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_asks_for_its_port_before_everything_else(clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        demo = run(clone, "demo", PORT=str(port))

    assert (demo.returncode, demo.stderr) == (
        1,
        f"Port {port} of 127.0.0.1 is taken or closed to you: "
        "PORT=8001 bin/demo takes another.\n",
    )
    assert not (clone / ".venv").exists()


def test_a_port_is_a_number(clone):
    assert run(clone, "demo", PORT="http").stderr == "PORT is a number: not http.\n"


def test_a_disk_without_room_is_said_before_anything_is_brought(clone):
    tool(clone / UV, "exit 1")
    tool(clone / "first" / "df", "printf 'Filesystem\\n/dev/x 9 9 102400 9 /\\n'")

    demo = run(clone, "setup", "demo")

    assert (demo.returncode, demo.stderr) == (
        1,
        f"The disk is nearly full: 500 MB are needed in {clone}, 100 MB are free.\n",
    )


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (
            "error: Failed to install: x.whl\n"
            "  Caused by: No space left on device (os error 28)",
            "The disk is full: free some of it (df -h shows which).",
        ),
        (
            "error: failed to create directory: Read-only file system (os error 30)",
            "{clone}, or the folder of temporary files, cannot be written.",
        ),
        (
            "error: Request failed\n  Caused by: error sending request for url\n"
            "  Caused by: client error (Connect)\n"
            "  Caused by: invalid peer certificate: UnknownIssuer",
            "The certificate of the package index is signed by an authority unknown "
            "here: name its file in PIP_CERT.",
        ),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] "
            "certificate verify failed: self-signed certificate')) Connection refused",
            "The certificate of the package index is signed by an authority unknown "
            "here: name its file in PIP_CERT.",
        ),
        (
            "error: Failed to fetch\n  Caused by: dns error\n"
            "  Caused by: failed to lookup address information: "
            "Temporary failure in name resolution",
            "The package index does not answer: this machine has no network, or needs "
            "HTTPS_PROXY.",
        ),
        (
            "error: something else\n  of which nobody thought\n\n",
            "  of which nobody thought",
        ),
    ],
)
def test_what_stops_the_environment_is_one_line(clone, said, cause):
    (clone / "said").write_text(said)
    tool(clone / UV, f"cat {clone}/said >&2; exit 2")

    setup = run(clone, "setup", "demo")

    assert setup.returncode == 1
    assert setup.stderr.splitlines() == [
        "Making the environment from uv.lock",
        f"The environment was not made: {cause.format(clone=clone)}",
    ]


def test_a_machine_without_network_is_told_so(clone):
    (clone / UV).parent.mkdir(parents=True)
    (clone / UV).symlink_to(settings.BASE_DIR / UV)
    nowhere = "http://127.0.0.1:9"

    setup = run(
        *(clone, "setup", "demo"),
        **dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY"), nowhere),
        UV_CACHE_DIR=str(clone / "cache"),
    )

    assert setup.returncode == 1
    assert setup.stderr.splitlines()[-1] == (
        "The environment was not made: The package index does not answer: this machine "
        "has no network, or needs HTTPS_PROXY."
    )
