"""Which rows point at a person, and what becomes of each kind?

Each floor declares its own, and those of the packages it brings along, when its app is
ready: how the rows read in an export, and what happens to them when two accounts become
one or a person is erased. `tests/test_house.py` fails on a pointer nobody declared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Manager, Model, QuerySet
from django.utils.module_loading import import_string

Person = Any  # a User: the models are not loaded yet when this is

NAMELESS = "—"  # stands where something must stand and nothing may


@dataclass(frozen=True, slots=True)
class Rows:
    """The path of a function of a person and a language that returns dictionaries."""

    path: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """Whoever is being erased, with each address that ever was theirs, case folded."""

    person: Person
    addresses: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Merging:
    """Which account stays and which one goes, by whom and when."""

    kept: Person
    gone: Person
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One column that points at a person, or a path of lookups that leads to one.

    `export`: words for each column (read "{language}" as the reader's), a function, or
    in a sentence why the rows are not in the person's export. `merge`: "move", "keep",
    "delete", or the path of a function of a `Merging` that returns how many rows moved;
    `note` says what it does. `erase`: "keep" (the row then points at an emptied
    person), "delete", values to put into its columns, or the path of a function of a
    `Leaver`. `in_words`: columns that hold short English words of ours, which the
    export translates.
    """

    model: str
    field: str
    what: str
    export: Mapping[str, str] | Rows | str
    merge: str
    erase: str | Mapping[str, Any]
    note: str = ""
    in_words: frozenset[str] = frozenset()

    def load(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows_of(self, person: Person) -> QuerySet:
        """Return the rows, whoever may see them."""
        manager: Manager = self.load()._base_manager
        return manager.filter(**{self.field: person.pk})


REGISTER: dict[tuple[str, str], Record] = {}
CLOSING: list[str] = []
ERASING: list[str] = []


def register(model: str, field: str, what: str, **how: Any) -> None:
    """Declare one kind of row; `how` are the further fields of `Record`."""
    REGISTER[model, field] = Record(model, field, what, **how)


def register_closing(path: str) -> None:
    """Add what else happens when an account closes: `f(person, by, reason, at)`."""
    if path not in CLOSING:
        CLOSING.append(path)


def register_erasing(path: str) -> None:
    """Add what else is erased, where no column points at the person: `f(leaver)`."""
    if path not in ERASING:
        ERASING.append(path)


def declared() -> Iterable[Record]:
    """Return every declaration, the top floor's first: apps are ready in that order."""
    return REGISTER.values()


def end_what_stands(
    person: Person, *, by: Person | None, reason: str, at: datetime
) -> None:
    """Have each package end what only an open account may hold."""
    for path in CLOSING:
        import_string(path)(person, by, reason, at)


def erase_records(leaver: Leaver) -> None:
    """Erase what is kept about the person, kind by kind."""
    for record in declared():
        rows = record.rows_of(leaver.person)
        match record.erase:
            case "keep":
                pass
            case "delete":
                rows.delete()
            case str(path):
                import_string(path)(leaver)
            case values:
                _blank(rows, values)
    for path in ERASING:
        import_string(path)(leaver)


def _blank(rows: QuerySet, values: Mapping[str, Any]) -> None:
    """Put the values where something stands; what is empty stays so."""
    for column, value in values.items():
        rows.exclude(**{f"{column}__in": [""]}).update(**{column: value})


def move_records(merging: Merging) -> dict[str, int]:
    """Move what is kept about the one account to the other; return how many rows."""
    moved: dict[str, int] = {}
    for record in declared():
        rows = record.rows_of(merging.gone)
        match record.merge:
            case "keep":
                continue
            case "delete":
                rows.delete()
                continue
            case "move":
                number = rows.update(**{record.field: merging.kept})
            case path:
                number = import_string(path)(merging)
        if number:
            moved[record.model] = moved.get(record.model, 0) + number
    return moved


def to_be_moved(gone: Person) -> list[tuple[Record, int]]:
    """Return the kinds of which the account has rows, except those that stay."""
    counted = [
        (record, record.rows_of(gone).count())
        for record in declared()
        if record.merge != "keep"
    ]
    return [(record, number) for record, number in counted if number]
