"""A PostgreSQL database as a file: pg_dump and pg_restore, in their own format."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from django.db import connection, transaction

from lms.backup.files import state_folder
from lms.backup.refusing import NotDone

NO_OWNERS = ("--no-owner", "--no-acl")  # roles have other names elsewhere


@contextmanager
def dumped() -> Iterator[BinaryIO]:
    """Open a dump of one snapshot, of which the default connection sees the same.

    It is written to a file without a name: nobody finds what is not sealed yet.
    """
    with transaction.atomic(), nameless() as file:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        options = ("--format=custom", f"--snapshot={snapshot}", *NO_OWNERS)
        run("pg_dump", *options, stdout=file)
        file.seek(0)
        yield file


def load(content: IO[bytes]) -> None:
    """Drop every table; then restore those of the dump, all of them or none."""
    with nameless() as file:
        shutil.copyfileobj(content, file)
        file.seek(0)
        drop_tables()
        connection.close()
        options = ("--single-transaction", "--exit-on-error", *NO_OWNERS)
        run("pg_restore", *options, stdin=file)


def nameless() -> BinaryIO:
    return TemporaryFile(dir=state_folder())


def drop_tables() -> None:
    """Empty the database of the tables of a Campus in which nobody is yet."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        quoted = ", ".join(map(connection.ops.quote_name, names))
        if quoted:
            cursor.execute(f"DROP TABLE {quoted} CASCADE")


def run(program: str, *options: str, **pipes: Any) -> None:
    """Run a program of PostgreSQL on our database; it asks for no password."""
    client = connection.client
    (_psql, *where, name), secrets = client.settings_to_cmd_args_env(
        connection.settings_dict, ["--no-password"]
    )
    try:
        subprocess.run(  # noqa: S603 - a program of PostgreSQL, with our own options
            [program, *where, f"--dbname={name}", *options],
            env=os.environ | (secrets or {}),
            check=True,
            stderr=subprocess.PIPE,
            text=True,
            **pipes,
        )
    except FileNotFoundError as error:
        raise NotDone(f"Install PostgreSQL's {program} on this machine.") from error
    except subprocess.CalledProcessError as error:
        raise NotDone(f"{program} failed: {error.stderr.strip()}") from error
