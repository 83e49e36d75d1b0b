"""Rows of a text: with commas, semicolons, tabs or bars between their cells."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from re import match

from lms.team.roster.columns import PEOPLE, Layout
from lms.team.roster.findings import Unreadable
from lms.team.roster.tables import HEADINGS_WITHIN, Record

SIGNS = ",;\t|"
SAMPLE = 64 * 1024  # signs of a line that are looked at to find what parts its cells


def records_of(lines: Iterable[str], layout: Layout = PEOPLE) -> Iterator[Record]:
    """Yield each row with its number in a spreadsheet, where one row may be many lines.

    Excel's own first line (`sep=;`) is no row of its.
    """
    lines = iter(lines)
    head = list(islice(lines, HEADINGS_WITHIN))
    told = (
        match(r"sep=([,;\t|])\r?\n?$", head[0].removeprefix("\ufeff")) if head else None
    )
    sign = told[1] if told else _sign_of(head, layout)
    rows = csv.reader(chain(head[1:] if told else head, lines), delimiter=sign)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as error:
        raise Unreadable("cell-endless", row=number + 1) from error


def _sign_of(head: list[str], layout: Layout) -> str:
    """Return the sign that makes most headings of a line, or else most cells."""
    best, most = ",", (0, 0)
    for sign in SIGNS:
        for line in head:
            cells = _cells(line[:SAMPLE], sign)
            worth = (sum(map(bool, layout.fields_of(cells[:300]))), len(cells))
            if worth > most and len(cells) > 1:
                best, most = sign, worth
            if worth[0]:  # these are the headings
                break
    return best


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []
