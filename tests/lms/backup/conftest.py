"""Installations with a database and a folder each, beside that of the suite."""

from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lms.connecting import connected_to
from lms.queue.drill import scratch_database
from tests.databases import copied_database

KEY = "a-key-for-the-archives-of-the-tests"


@pytest.fixture
def settled(settings):
    """Move to a folder of its own, with real files."""

    def move(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        settings.STATE_DIR = folder
        settings.MEDIA_ROOT = folder / "media"
        settings.STORAGES = settings.STORAGES | {
            "private": files | {"OPTIONS": {"location": folder / "private"}}
        }

    return move


@pytest.fixture
def here(django_db_setup, django_db_blocker, settled, settings, tmp_path):
    """An installation with every table and nobody in it, which the test works on."""
    settings.BACKUP_KEY = KEY
    with (
        django_db_blocker.unblock(),
        copied_database(tmp_path) as name,
        connected_to(name),
    ):
        settled(tmp_path / "here")
        yield tmp_path / "here"


@pytest.fixture
def elsewhere(here, settled, tmp_path):
    """Go to an installation without a table or a file, until the `with` ends."""

    @contextmanager
    def go():
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        with ExitStack() as stack:
            name = stack.enter_context(scratch_database(folder))
            stack.enter_context(connected_to(name))
            settled(folder)
            yield folder
            settled(here)

    return go


@pytest.fixture
def archive(here, tmp_path):
    """Where an archive is written: not among the files that are in it."""
    return tmp_path / "campus.backup"
