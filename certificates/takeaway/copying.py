"""How does PostgreSQL write the rows of a report as CSV by itself?

It does so many times as fast as Python can, with little memory. The query is the one
of the screen; around it stands only how each kind of cell is written.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from certificates.takeaway.guarding import BREAK, live_pattern

ROWS_AT_ONCE = 2_000
# Most texts begin with a letter or a digit: those need no search.
PLAIN = "BETWEEN 65 AND 123", "BETWEEN 48 AND 60", "BETWEEN 192 AND 591"


def can_copy(rows: object) -> bool:
    """Whether the database writes these rows by itself."""
    return connection.vendor == "postgresql" and isinstance(rows, QuerySet)


def holds_connection(rows: object) -> bool:
    """Whether nothing else can be asked of the database until the rows are written."""
    return can_copy(rows) and connection.in_atomic_block


@contextmanager
def beside(rows: QuerySet) -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection of its own, so that progress can be written meanwhile.

    In a transaction it is the same one: no other sees what was written in it.
    """
    if holds_connection(rows):
        yield connection
        return
    other = connections.create_connection(connection.alias)
    try:
        yield other
    finally:
        other.close()


def copied(
    rows: QuerySet, *, kinds: Sequence[str], last: str
) -> Iterator[tuple[bytes, int]]:
    """Yield some rows of the query as CSV, every cell quoted, and how many they are.

    `last` is the text of one more cell at the end of each. PostgreSQL ends lines with
    LF alone: those within cells are made another sign before, and put back after.
    """
    try:
        statement, parameters = statement_of(rows, kinds=kinds, last=last)
    except EmptyResultSet:
        return
    with (
        beside(rows) as own,
        own.cursor() as cursor,
        days_as_iso(cursor).copy(statement, parameters) as copy,
    ):
        for some in batched(copy, ROWS_AT_ONCE, strict=False):
            lines = b"".join(some)
            ends = lines.count(b"\n")
            written = lines.replace(b"\n", b"\r\n").replace(BREAK.encode(), b"\n")
            yield written, ends


def days_as_iso(cursor: Any) -> Any:
    """Have days written year first, whatever the server is used to."""
    cursor.execute("SET DateStyle TO 'ISO, YMD'")
    return cursor


def statement_of(
    rows: QuerySet, *, kinds: Sequence[str], last: str
) -> tuple[str, list]:
    """Return the statement around the query, and its parameters in their order."""
    asked, given = rows.query.sql_with_params()
    names = [f"c{number}" for number in range(len(kinds))]
    written = [cell(name, kind) for name, kind in zip(names, kinds, strict=True)]
    guarded = [guard(name, kind) for name, kind in zip(names, kinds, strict=True)]
    zone = [settings.TIME_ZONE] * kinds.count("moment")
    pattern = [live_pattern()] * kinds.count("text")
    # OFFSET 0: each text is written once, and not again wherever it is looked at.
    # Of our own words: what was typed is among the parameters.
    statement = (
        f"COPY (SELECT {', '.join(guarded)}, %s FROM "  # noqa: S608
        f"(SELECT {', '.join(written)} FROM ({asked}) AS asked ({', '.join(names)}) "
        "OFFSET 0) AS written) TO STDOUT (FORMAT csv, FORCE_QUOTE *)"
    )
    return statement, [*pattern, last, *zone, *given]


def cell(name: str, kind: str) -> str:
    """Return how a cell of that kind becomes text."""
    text = f"coalesce({name}::text, '')"
    if kind == "text":
        mark = f"E'\\x{ord(BREAK):02x}'"
        text = f"replace(replace({text}, {mark}, ''), E'\\n', {mark})"
    elif kind == "moment":
        text = f"coalesce(to_char({name} AT TIME ZONE %s, 'YYYY-MM-DD HH24:MI'), '')"
    return f"{text} AS {name}"


def guard(name: str, kind: str) -> str:
    """Return the cell, behind an apostrophe where it would be a formula."""
    if kind != "text":
        return name
    plain = " OR ".join(f"ascii({name}) {letters}" for letters in PLAIN)
    return (
        f"CASE WHEN {plain} THEN {name} "
        f"WHEN {name} ~ %s THEN '''' || {name} ELSE {name} END"
    )
