"""Why does a command not work? What the machine refuses, in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError, connection


def cause_of(error: Exception) -> str:
    """Return in one line what failed, in the words of the system or the database."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    if isinstance(error, OperationalError):
        return f"The database does not do it: {_in_one_line(_behind_the_pool(error))}"
    return _in_one_line(error)


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _behind_the_pool(error: OperationalError) -> Exception:
    """Return why the server lets nobody in; a pool only says how long it waited."""
    if type(error.__cause__).__name__ != "PoolTimeout":
        return error
    try:
        connection.Database.connect(**connection.get_connection_params()).close()
    except connection.Database.Error as refused:
        return refused
    return error


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let what the machine or the database refuses end a command with one line."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise CommandError(cause_of(error)) from error
