"""An SQLite database as a file: a copy of one moment, made while others write."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from django.db import connection

from lms.backup.files import state_folder
from lms.connecting import connected_to


@contextmanager
def dumped() -> Iterator[BinaryIO]:
    """Open a copy of the database; the default connection is one to it meanwhile."""
    with place_for_a_copy() as copy:
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        with connected_to(str(copy)), copy.open("rb") as file:
            yield file


def load(content: IO[bytes]) -> None:
    """Replace the database by the copy, as one transaction."""
    with place_for_a_copy() as copy:
        with copy.open("wb") as file:
            shutil.copyfileobj(content, file)
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)


@contextmanager
def place_for_a_copy() -> Iterator[Path]:
    """Make a place on the disk of the database, for us alone; nothing stays there."""
    with TemporaryDirectory(dir=state_folder(), prefix="backup-") as folder:
        yield Path(folder) / "database.sqlite3"
