"""A whole Campus in real processes, and browsers of several kinds to walk it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import copyfile, copytree, rmtree
from tempfile import mkdtemp
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection

from lms.proc import free_port
from lms.queue.drill import address
from tests.databases import copied_database
from tests.journeys.walk import CAST_PASSWORD, Walk

# Playwright leaves an event loop in this thread for the rest of the session; what
# runs here is synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
COLLECTED = settings.BASE_DIR / "var" / "collected"
PATIENCE = 120  # seconds until the whole is ready


def pytest_collection_modifyitems(items):
    """All that walks through the site is a journey."""
    for item in items:
        if item.nodeid.startswith("tests/journeys/"):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def campus(tmp_path_factory, django_db_setup, django_db_blocker):
    """The address of a demo site of its own, in real processes, on a new database."""
    folder = tmp_path_factory.mktemp("campus")
    port = free_port()
    with ExitStack() as stack:
        name = stack.enter_context(database_of_its_own(folder, django_db_blocker))
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
            "DATABASE_URL": name,
            "STATE_DIR": str(folder),
            "PORT": str(port),
            "DEMO_PASSWORD": CAST_PASSWORD,
        }
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        log = stack.enter_context((folder / "said").open("w"))
        with collected_before(folder):
            # On PostgreSQL one journey is walked, of one course.
            how = ["--quick"] if connection.vendor == "postgresql" else []
            subprocess.run(
                [*manage, "demo", *how],
                env=environment,
                stdout=log,
                stderr=log,
                check=True,
            )
        server = subprocess.Popen(
            [*manage, "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
        stack.callback(stop, server)
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def collected_before(folder: Path) -> Iterator[None]:
    """Lend the site the static files that an earlier run collected, if there are any.

    The site itself looks whether they still hold, and collects them where they do not.
    """
    if COLLECTED.exists():
        copytree(COLLECTED, folder, dirs_exist_ok=True)
    yield
    stamp = folder / "static.stamp"
    kept = COLLECTED / stamp.name
    if kept.exists() and kept.read_text() == stamp.read_text():
        return
    # Whole or not at all: another process may keep them at the same time.
    COLLECTED.parent.mkdir(exist_ok=True)
    fresh = Path(mkdtemp(dir=COLLECTED.parent))
    copytree(folder / "static", fresh / "static")
    copyfile(stamp, fresh / stamp.name)
    rmtree(COLLECTED, ignore_errors=True)
    with suppress(OSError):
        fresh.rename(COLLECTED)
    rmtree(fresh, ignore_errors=True)


@contextmanager
def database_of_its_own(folder: Path, blocker) -> Iterator[str]:
    """Copy the suite's database and return the URL of the copy; remove it afterwards.

    Access is unblocked only for these two moments: other tests come in between.
    """
    with ExitStack() as stack:
        with blocker.unblock():
            name = stack.enter_context(copied_database(folder))
            url = address(name)
            connection.close()
        try:
            yield url
        finally:
            with blocker.unblock():
                stack.close()


def stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGTERM)
    server.wait(30)


def wait_until_ready(url: str) -> None:
    patience_ends = time.monotonic() + PATIENCE
    while time.monotonic() < patience_ends:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (HTTPError, OSError):
            time.sleep(0.3)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The distribution's Chromium; as root it runs without its sandbox."""
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def walk(browser, campus):
    """Return a function that opens a new browser and stands on the home page."""
    with ExitStack() as stack:

        def begin(*, language="es", width=360, dark=False, javascript=True) -> Walk:
            context = browser.new_context(
                locale={"es": "es-GT", "en": "en-CA"}[language],
                viewport={"width": width, "height": 740},
                color_scheme="dark" if dark else "light",
                java_script_enabled=javascript,
                accept_downloads=True,
                base_url=campus,
            )
            context.set_default_timeout(15_000)
            stack.callback(context.close)
            walker = Walk(context.new_page(), language=language)
            walker.page.goto("/")
            return walker

        yield begin
