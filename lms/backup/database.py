"""The database as a whole: written to a file, read from one, counted table by table."""

from contextlib import AbstractContextManager
from typing import IO, BinaryIO

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from lms.backup import postgres, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def dumped() -> AbstractContextManager[BinaryIO]:
    """Open the database as a file; meanwhile the connection sees that very moment."""
    return ENGINES[connection.vendor].dumped()


def load(content: IO[bytes]) -> None:
    """Put what was dumped in place of what is there."""
    ENGINES[connection.vendor].load(content)


def tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def counts() -> dict[str, int]:
    """Return how many rows each table has, those that are no model's included."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 - our tables
            (found[table],) = cursor.fetchone()
    return found


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(".".join(key) for key in applied)


def known_migrations() -> set[str]:
    """Return the migrations that this code has."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return {".".join(key) for key in loader.disk_migrations}
