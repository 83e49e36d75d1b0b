"""Databases with every table: migrated once, copied for whoever needs one.

Migrating takes half a minute, copying some milliseconds. What was migrated is kept
until a migration, a setting or a library changes: on SQLite a file, on PostgreSQL a
database beside the suite's. `python -m tests.databases` makes it ahead of the tests.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDER = settings.BASE_DIR / "var" / "moulds"
DECIDES = ("uv.lock", "*/migrations/*.py", "lms/settings/*.py")
NAME = "campus_mould_"


def digest() -> str:
    """Return the name of a mould: a digest of all that decides its tables."""
    found = hashlib.sha256()
    for pattern in DECIDES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def test_database() -> Iterator[None]:
    """Let the default connection be one to a new test database, removed afterwards."""
    usual = connection.settings_dict["NAME"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    copy_mould = _into_memory if connection.vendor == "sqlite" else _on_the_server
    with (FOLDER / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        copy_mould()
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def restore() -> None:
    """Give the test database back what a test in real transactions took from it.

    Such a test ends by emptying every table, those that migrations filled as well.
    """
    if connection.vendor == "sqlite":
        _into_memory()
        return
    connection.close()
    connection.close_pool()
    _on_the_server()


def _into_memory() -> None:
    mould = FOLDER / f"{digest()}.sqlite3"
    if not mould.exists():
        _make_file(mould)
        return
    _use(connection.creation._get_test_db_name())
    connection.ensure_connection()
    with closing(sqlite3.connect(mould)) as file:
        file.backup(connection.connection)


def _make_file(mould: Path) -> None:
    """Migrate this connection's database, and keep a copy of it."""
    for old in FOLDER.glob("*.sqlite3*"):
        old.unlink()
    connection.creation.create_test_db(verbosity=0)
    unfinished = mould.with_suffix(".sqlite3.part")
    with closing(sqlite3.connect(unfinished)) as file:
        connection.connection.backup(file)
    unfinished.rename(mould)


def _on_the_server() -> None:
    mould, name = NAME + digest(), connection.creation._get_test_db_name()
    if mould not in _databases():
        _make_database(mould)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {mould}")
    _use(name)


def _databases() -> set[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def _make_database(mould: str) -> None:
    """Migrate a database beside the suite's, under another name until it is whole."""
    unfinished = f"{NAME}unfinished"
    for old in _databases():
        if old.startswith(NAME):
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {old} WITH (FORCE)")
    own = connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = unfinished
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.settings_dict["TEST"]["NAME"] = own
    _leave_unmeasured()
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {mould}")


def _leave_unmeasured() -> None:
    """Let nothing note how large the tables are.

    What tests wrote and took back is measured as nothing in a large file, and what the
    next one writes would be looked for row by row, again and again: for hours.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = off)")


def _use(name: str) -> None:
    """Have the default connection, and whoever opens another one, use that database."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


@contextmanager
def standing_in(name: str) -> Iterator[None]:
    """Let the default connection be one to another database, and then to the former.

    Nothing may be open in a transaction.
    """
    tested, opened = connection.settings_dict["NAME"], connection.connection
    if connection.vendor == "sqlite":
        # A database in memory is there as long as somebody has it open.
        connection.connection = None
    turn_to(name)
    try:
        yield
    finally:
        turn_to(tested)
        if connection.vendor == "sqlite":
            connection.connection = opened


def turn_to(name: str) -> None:
    """Have the default connection use that database, by a session that is new."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    _use(name)
    # Kinds of rows are remembered by their keys, which are those of one database.
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()


@contextmanager
def copied_database(folder: Path) -> Iterator[str]:
    """Copy the test database, which has every table and nobody in it; yield its name.

    On SQLite it is a file in the folder.
    """
    if connection.vendor == "sqlite":
        name = str(folder / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        yield name
        return
    name, tested = f"campus_copy_{uuid4().hex}", connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        # A session that a thread left open in it would forbid to copy it.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [tested],
        )
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {tested}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    django.setup()
    with test_database():
        pass
