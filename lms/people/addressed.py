"""Where do addresses stand that somebody typed, of people with an account or without?

Each floor declares its columns when its app is ready, as `lms.people.records` has it
for columns that point at a person. An erasure empties them by every address of the
person; people support does by one address, for whoever has no account.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Manager, QuerySet
from django.utils.module_loading import import_string

from lms.people.addresses import addresses_in, without
from lms.people.records import NAMELESS


@dataclass(frozen=True, slots=True)
class Addressed:
    """Columns of a table in which an address stands, whole or within a text.

    `erase`: "delete" (the row), "strike" (the address out of the texts), values to put
    into the columns, or the path of `f(rows, addresses, at)`.
    """

    model: str
    columns: tuple[str, ...]
    what: str
    erase: str | Mapping[str, Any]

    @property
    def manager(self) -> Manager:
        return apps.get_model(self.model)._default_manager

    def held(self) -> Iterator[tuple[Any, set[str]]]:
        """Yield the key of each row, and the addresses in it, case folded."""
        rows = self.manager.values_list("pk", *self.columns)
        for pk, *values in rows.iterator():
            yield pk, addresses_in(values)

    def rows_at(self, addresses: frozenset[str]) -> QuerySet:
        """Return the rows in which one of these addresses stands."""
        keys = [pk for pk, held in self.held() if held & addresses]
        return self.manager.filter(pk__in=keys)

    def forget(self, addresses: frozenset[str], *, at: datetime) -> None:
        rows = self.rows_at(addresses)
        match self.erase:
            case "delete":
                rows.delete()
            case "strike":
                _strike(rows, self.columns, addresses)
            case str(path):
                import_string(path)(rows, addresses, at)
            case values:
                rows.update(**values)


REGISTER: dict[tuple[str, tuple[str, ...]], Addressed] = {}


def register(
    model: str, *columns: str, what: str, erase: str | Mapping[str, Any]
) -> None:
    """Declare columns that hold addresses; the rest is as `Addressed` has it."""
    REGISTER[model, columns] = Addressed(model, columns, what, erase)


def declared() -> Iterable[Addressed]:
    return REGISTER.values()


def held_anywhere() -> set[str]:
    """Return every address that stands in a declared column, case folded."""
    return set().union(*(held for one in declared() for _pk, held in one.held()))


def rows_by_kind(addresses: frozenset[str]) -> dict[str, int]:
    """Return how many rows of which kind hold one of these addresses, if any do."""
    counted: Counter[str] = Counter()
    for one in declared():
        counted[one.what] += one.rows_at(addresses).count()
    return {what: number for what, number in counted.items() if number}


def forget_addresses(addresses: frozenset[str], *, at: datetime) -> None:
    """Empty what holds one of these addresses, kind by kind."""
    for one in declared():
        one.forget(addresses, at=at)


def _strike(rows: QuerySet, columns: Iterable[str], addresses: frozenset[str]) -> None:
    for pk, *texts in list(rows.values_list("pk", *columns)):
        struck = [without(addresses, text, sign=NAMELESS) for text in texts]
        rows.model._default_manager.filter(pk=pk).update(
            **dict(zip(columns, struck, strict=True))
        )
