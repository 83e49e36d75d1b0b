"""What does a report hold when it leaves the platform, whatever the file is?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from lms.people.zones import place_of

AT_ONCE = 5_000  # rows that are fetched, and told of, together
MOMENT = "%Y-%m-%d %H:%M"
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, the moment at which it holds, and what was asked for.

    `facts` are the filters in words, `totals` figures in words; `kinds` say of each
    column whether it holds text, a choice, a day, a moment or a number. `rows` yields
    tuples of strings, dates, moments, whole numbers and None: a list, or a query.
    """

    title: str
    as_of: datetime
    facts: Sequence[tuple[str, str]]
    totals: Sequence[tuple[str, int | str]]
    keys: Sequence[str]
    headings: Sequence[str]
    kinds: Sequence[str]
    rows: Iterable[tuple]

    def told(self, tell: Tell) -> "Sheet":
        """Return the same sheet, whose rows say how many of them have been read."""
        return replace(self, rows=_told(self, tell))

    def some_rows(self) -> Iterator[tuple[tuple, ...]]:
        """Yield the rows some thousand at a time, without holding all of them."""
        rows = self.rows
        if isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=AT_ONCE)
        yield from batched(rows, AT_ONCE, strict=False)


def _told(sheet: Sheet, tell: Tell) -> Iterator[tuple]:
    read = 0
    for some in sheet.some_rows():
        yield from some
        read += len(some)
        tell(read)


def whose_clock() -> str:
    """Return in words which clock its moments follow: that of the platform."""
    return gettext("time of %(place)s") % {"place": place_of(settings.TIME_ZONE)}


def local(moment: datetime) -> datetime:
    """Return a moment as the platform's clock shows it, without a zone."""
    return timezone.make_naive(moment, timezone.get_default_timezone())


def in_words(value: Any) -> str:
    """Return what a cell says where it can only be text; years come first."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local(value).strftime(MOMENT)
    return value.isoformat() if isinstance(value, date) else str(value)


def told_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Return filters and totals as one list of names and values."""
    return [*sheet.facts, *((name, str(value)) for name, value in sheet.totals)]
