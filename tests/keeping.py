"""Rows that take long to make, made once: afterwards they are inserted as they were.

A course of a few pages takes half a second to publish, its rows some milliseconds to
insert. They are inserted only where the tables that were asked or changed hold just
what they held when the rows were made; elsewhere they are made anew.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial, wraps

import time_machine
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Site

# When what is kept was made, whenever the first test that asks for it runs.
MADE_AT = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
ENOUGH = 6  # recordings of one thing
# Where keys are compared as well, all is made anew: tests/screens turns it off.
KEEPS = True
# The database fills the first by itself; the second knows no facts.
NO_FACTS = ("wagtailsearch_indexentry_fts", "cache")

ALL: list[dict] = []  # what each function below has recorded

type Row = tuple
type Contents = dict[str, list[Row]]
type Made = Model | dict[str, Model]


@dataclass(frozen=True)
class Recording:
    """What a build found in the tables that it named, and how it changed them."""

    found: Contents  # of the tables that held something
    empty: str  # asks whether one of the others holds anything
    changes: list[tuple[str, list[Row]]]
    made: Made

    def fits(self) -> bool:
        """Whether these tables hold what they held before."""
        with connection.cursor() as cursor:
            cursor.execute(self.empty)
            if any(cursor.fetchone()):
                return False
        return all(contents(table) == rows for table, rows in self.found.items())

    def play(self) -> Made:
        """Insert what was made; return it as the database has it now.

        In one transaction: its rows point at each other.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in self.changes:
                cursor.executemany(statement, rows)
        Site.clear_site_root_paths_cache()
        return self.result()

    def result(self) -> Made:
        """Return what the build returned, read anew: the same at every time."""
        return _read_anew(self.made)


def recording(before: Contents, after: Contents, made: Made) -> Recording:
    """Return what is to be kept of a build: the named tables before it and after."""
    return Recording(
        found={table: rows for table, rows in before.items() if rows},
        empty=_any_row_in([table for table, rows in before.items() if not rows]),
        changes=[
            change
            for table, rows in after.items()
            for change in _changes(table, _by_key(before[table]), _by_key(rows))
        ],
        made=made,
    )


def _any_row_in(tables: list[str]) -> str:
    names = [connection.ops.quote_name(table) for table in tables]
    return "SELECT 1=0" + "".join(f" OR EXISTS (SELECT 1 FROM {n})" for n in names)


def _read_anew(made: Made) -> Made:
    if isinstance(made, dict):
        return {name: _read_anew(row) for name, row in made.items()}
    return type(made)._base_manager.get(pk=made.pk)


def kept(build: Callable[..., Made]) -> Callable[..., Made]:
    """Let a function that makes rows make them only once.

    It returns one of them, or some by name. Its arguments are plain values, or rows,
    which are known by their keys.
    """
    recordings: dict[str, list[Recording]] = {}
    ALL.append(recordings)

    @wraps(build)
    def made_or_inserted(*given, **facts) -> Made:
        if not KEEPS:
            return build(*given, **facts)
        known = recordings.setdefault(_name(given, facts), [])
        for one in known:
            if one.fits():
                return one.play()
        if len(known) == ENOUGH:
            return _read_anew(build(*given, **facts))
        before = {table: contents(table) for table in tables()}
        named: set[str] = set()
        with (
            time_machine.travel(MADE_AT, tick=False),
            connection.execute_wrapper(partial(_note_names, named)),
        ):
            made = build(*given, **facts)
        touched = sorted(named & before.keys())
        known.append(
            recording(
                {table: before[table] for table in touched},
                {table: contents(table) for table in touched},
                made,
            )
        )
        return known[-1].result()

    return made_or_inserted


def forget() -> None:
    """Have all made anew: in a new database, keys are counted from the beginning."""
    for recordings in ALL:
        recordings.clear()


def _note_names(named: set[str], execute, sql, params, many, context):
    """Note what a statement names, tables among them."""
    named.update(re.findall(r'"(\w+)"', sql))
    return execute(sql, params, many, context)


def _name(given: tuple, facts: dict) -> str:
    known = {str(place): value for place, value in enumerate(given)} | facts
    return repr(
        {
            name: (value._meta.label, value.pk) if isinstance(value, Model) else value
            for name, value in known.items()
        }
    )


def tables() -> list[str]:
    """Return the names of the tables that somebody writes."""
    return [
        table
        for table in connection.introspection.table_names()
        if not table.startswith(NO_FACTS)
    ]


def contents(table: str) -> list[Row]:
    """Return the rows of a table, oldest first, each after its key."""
    name, key = map(connection.ops.quote_name, (table, key_of(table)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, * FROM {name} ORDER BY 1")
        return cursor.fetchall()


@cache
def key_of(table: str) -> str:
    """Return the column that a row is known by: migrations may put it last."""
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def _by_key(rows: list[Row]) -> dict[object, Row]:
    return {row[0]: row for row in rows}


def _changes(
    table: str, old: dict[object, Row], new: dict[object, Row]
) -> list[tuple[str, list[Row]]]:
    """Return the statements that make rows of a table new ones, each with its rows."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT * FROM {name} WHERE 1 = 0")
        columns = [
            connection.ops.quote_name(column[0]) for column in cursor.description
        ]
    known_by = connection.ops.quote_name(key_of(table))
    places = ", ".join(["%s"] * len(columns))
    equations = ", ".join(f"{column} = %s" for column in columns)
    statements = [
        (
            f"DELETE FROM {name} WHERE {known_by} = %s",
            [(key,) for key in old if key not in new],
        ),
        (
            f"UPDATE {name} SET {equations} WHERE {known_by} = %s",
            [
                (*row[1:], row[0])
                for key, row in new.items()
                if old.get(key, row) != row
            ],
        ),
        (
            f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})",
            [row[1:] for key, row in new.items() if key not in old],
        ),
    ]
    return [(statement, rows) for statement, rows in statements if rows]
