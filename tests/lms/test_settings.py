"""What production refuses to start with, and what the demo makes for itself."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SOUND = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "NAME_HASH_KEY": "n" * 40,
    "AUDIT_KEY": "a" * 40,
    "MFA_KEYS": f"{'m' * 40},{'o' * 40}",
    "SITE_URL": "https://campus.example",
    "ALLOWED_HOSTS": "campus.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run `manage.py …` in an environment with nothing of ours but what is given."""
    inherited = {n: os.environ[n] for n in ("PATH", "HOME", "LANG") if n in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_check():
    run = manage("check", "--deploy", "--fail-level", "WARNING", **SOUND)

    assert (run.returncode, run.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_former_secrets_are_known_for_a_while():
    run = manage(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)",
        **SOUND | {"SECRET_KEY_FALLBACKS": "former,older"},
    )

    assert run.stdout == "['former', 'older']\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY (50 characters or more)."),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY (50 characters or more)."),
        ({"NAME_HASH_KEY": ""}, "Set NAME_HASH_KEY (32 characters or more)."),
        ({"AUDIT_KEY": "short"}, "Set AUDIT_KEY (32 characters or more)."),
        ({"MFA_KEYS": ""}, "Set MFA_KEYS (32 characters or more each)."),
        (
            {"MFA_KEYS": f"{'m' * 40},short"},
            "Set MFA_KEYS (32 characters or more each).",
        ),
        ({"SECOND_FACTOR_REQUIRED": "no"}, "unset SECOND_FACTOR_REQUIRED."),
        ({"SITE_URL": ""}, "Set SITE_URL."),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names of this site."),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names of this site."),
        ({"DEBUG": "yes"}, "DEBUG shows people's data to strangers: unset it."),
    ],
)
def test_production_refuses_what_is_not_safe(change, sentence):
    run = manage("check", **SOUND | change)

    assert run.returncode == 1
    assert sentence in run.stderr


def test_production_refuses_the_cast():
    run = manage("demo", **SOUND)

    assert run.returncode == 1
    assert "The cast belongs to the demo" in run.stderr


def test_processes_that_start_at_once_share_the_secrets_of_the_demo(tmp_path):
    said = "from lms.settings import demo; print(demo.NAME_HASH_KEY, demo.AUDIT_KEY)"
    first_ones = [
        subprocess.Popen(
            [sys.executable, "-c", said],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "STATE_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(5)
    ]

    told = {process.communicate()[0].strip() for process in first_ones}

    assert len(told) == 1
    assert len(told.pop()) == 2 * 96 + 1


MAKES_FILES = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
connection.ensure_connection()
connection.cursor().execute("CREATE TABLE t (n integer)")
default_storage.save("original_images/a.png", ContentFile(b"a"))
default_storage.save("documents/a.pdf", ContentFile(b"a"))
"""


def test_other_accounts_of_the_machine_read_no_file(tmp_path):
    place = {"DJANGO_SETTINGS_MODULE": "lms.settings.demo", "STATE_DIR": str(tmp_path)}

    run = manage("shell", "-v0", "-c", MAKES_FILES, **place)

    assert run.returncode == 0, run.stderr
    made = tmp_path.rglob("*")
    modes = {path.name: path.stat().st_mode & 0o777 for path in made}
    assert {modes["campus.sqlite3"], modes["a.png"], modes["a.pdf"]} == {0o640}
    assert {modes["media"], modes["private"], modes["documents"]} == {0o750}
    assert {mode & 0o027 for mode in modes.values()} == {0}
