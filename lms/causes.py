"""Why does a command not work? What the machine refuses, in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError


def cause_of(error: Exception) -> str:
    """Return in one line what failed, in the words of the system or the database."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    said = " ".join(str(error).split())
    if isinstance(error, OperationalError):
        return f"The database does not do it: {said}"
    return said


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let what the machine or the database refuses end a command with one line."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise CommandError(cause_of(error)) from error
