"""A command that the machine stops says why, in one line."""

import errno
import os
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from lms.causes import cause_of, told_plainly
from tests.lms.test_settings import run_python


def full_disk():
    with Path("/dev/full").open("w") as disk:
        disk.write("x")


def no_folder(path):
    (path / "file").touch()
    (path / "file" / "folder").mkdir()


@pytest.mark.parametrize(
    ("fail", "said"),
    [
        (lambda _path: full_disk(), "No space left on device"),
        (no_folder, "{path}/file/folder: Not a directory"),
    ],
)
def test_the_system_says_in_its_own_words_what_it_refuses(tmp_path, fail, said):
    with pytest.raises(CommandError) as told, told_plainly():
        fail(tmp_path)

    assert str(told.value) == said.format(path=tmp_path)


def test_a_read_only_folder_is_named():
    error = OSError(errno.EROFS, os.strerror(errno.EROFS), "var/static")

    assert cause_of(error) == "var/static: Read-only file system"


def test_the_database_says_in_one_line_what_it_does_not_do():
    error = OperationalError("connection failed:\n  Connection refused\n\tIs it on?")

    assert cause_of(error) == (
        "The database does not do it: connection failed: Connection refused Is it on?"
    )


def test_a_server_that_is_away_is_the_cause_and_not_the_pool_that_waited(tmp_path):
    run = run_python(
        *("manage.py", "demo"),
        DJANGO_SETTINGS_MODULE="lms.settings.demo",
        STATE_DIR=str(tmp_path),
        DATABASE_URL="postgres://campus:secret@127.0.0.1:9/campus",
    )

    assert run.returncode == 1
    assert "Connection refused" in run.stderr
    assert run.stderr.count("\n") == 1
    assert "secret" not in run.stderr


def test_what_is_no_fault_of_the_machine_is_not_hidden():
    with pytest.raises(ZeroDivisionError), told_plainly():
        _ = 1 / 0
