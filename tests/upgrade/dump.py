"""The database of an old release, as `make_dump.sh` kept it: loaded and upgraded."""

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from lms.queue.drill import scratch_database
from tests.databases import standing_in, turn_to
from tests.keeping import tables

HERE = Path(__file__).parent
COMMIT = "822ad4d"
# What an upgrade itself writes: which migrations there are, and whose tables.
OF_THE_UPGRADE = {"auth_permission", "django_content_type", "django_migrations"}


@contextmanager
def upgraded(folder: Path) -> Iterator[dict[str, int]]:
    """Let the default connection be one to the old database after `migrate`.

    Yields how many rows each of its tables held before.
    """
    with scratch_database(folder) as name, standing_in(name):
        load()
        before = rows()
        call_command("migrate", verbosity=0)
        yield before


def load() -> None:
    """Write the dump into the database of the default connection."""
    packed = HERE / f"{COMMIT}.{connection.vendor}.sql.xz"
    statements = lzma.decompress(packed.read_bytes()).decode()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        # Not by Django's connection, for which tables point at what is not there yet.
        with closing(sqlite3.connect(name)) as file:
            file.executescript(statements)
        return
    with connection.cursor() as cursor:
        cursor.execute(statements)
    turn_to(name)  # the dump leaves settings of its own for this session


def rows() -> dict[str, int]:
    """Return how many rows each table holds that an upgrade must leave alone."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(set(tables()) - OF_THE_UPGRADE):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            (found[table],) = cursor.fetchone()
    return found
