"""Where do addresses stand that somebody typed, of people with an account or without?

Each floor declares its columns when its app is ready, as `lms.people.records` has it
for columns that point at a person. An erasure empties them by every address of the
person; people support does by one address, for whoever has no account.
"""

import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.apps import apps
from django.db.models import CharField, Manager, Q, QuerySet, TextField
from django.utils.module_loading import import_string

from lms.people.addresses import FOLD_TO_ASCII, addresses_in, without
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

    @property
    def is_plain(self) -> bool:
        """Whether all of its columns are texts, which the database can search."""
        meta = self.manager.model._meta
        return all(
            isinstance(meta.get_field(column), CharField | TextField)
            for column in self.columns
        )

    def held(
        self, wanted: frozenset[str] | None = None
    ) -> Iterator[tuple[Any, set[str]]]:
        """Yield the key of each row, and the addresses in it, case folded.

        Of texts only rows that may hold one of the `wanted`, or any address; documents
        are read whole.
        """
        rows = self.manager.values_list("pk", *self.columns)
        if self.is_plain:
            rows = rows.filter(_may_hold(self.columns, wanted))
        for pk, *values in rows.iterator():
            yield pk, addresses_in(values)

    def rows_at(self, addresses: frozenset[str]) -> QuerySet:
        """Return the rows in which one of these addresses stands."""
        keys = [pk for pk, held in self.held(addresses) if held & addresses]
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


def _may_hold(columns: Iterable[str], wanted: frozenset[str] | None) -> Q:
    """Return the filter for texts that may hold one of the addresses, or any.

    SQLite knows the two cases of A to Z alone: what becomes one of them by its fold is
    looked for as well, and of an address with other letters every text with an “@” is
    read. Python compares what is found.
    """
    words: dict[str, Iterable[str]] = {"contains": "@"}
    if wanted is not None and all(map(str.isascii, wanted)):
        words = {"icontains": wanted, "contains": FOLD_TO_ASCII}
    each = (
        Q(**{f"{column}__{lookup}": word})
        for column in columns
        for lookup, some in words.items()
        for word in some
    )
    return reduce(operator.or_, each, Q(pk__in=[]))


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
