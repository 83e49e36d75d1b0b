"""What do the rows of a sheet say? The same for every format.

A record is a row as its format has it: the number that a spreadsheet shows beside it,
and its cells as text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lms.team.roster import rules
from lms.team.roster.columns import PEOPLE, Layout
from lms.team.roster.findings import Finding, Unreadable, found

Record = tuple[int, list[str]]
HEADINGS_WITHIN = 20  # rows: lists often begin with a title


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: what its cells say by field, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    flaw: str = ""


@dataclass(slots=True)
class Reading:
    """What was read: the rows, and what whoever gave them should know of it."""

    lines: list[Line] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Headings:
    """The field of each column, and how many cells a row may have at all."""

    columns: list[str]
    width: int


def read_table(
    records: Iterable[Record],
    notes: list[Finding],
    *,
    layout: Layout = PEOPLE,
    parted: bool = False,
) -> Reading:
    """Return the rows below the headings; raise Unreadable if there are none.

    `parted`: signs part the cells, so that a row with more cells than headings may have
    such a sign inside a text, and says something else than was meant.
    """
    written = _written(records, notes)
    headings, first = _headings(written, notes, layout)
    lines: list[Line] = []
    for number, cells in chain(first, written):
        if len(lines) == rules.MOST_ROWS:
            raise Unreadable("too-many-rows", most=rules.MOST_ROWS)
        width = headings.width if parted else len(cells)
        lines.append(_line(number, cells, headings.columns, width))
    if not lines:
        raise Unreadable("only-headings")
    return Reading(lines, notes)


def _written(records: Iterable[Record], notes: list[Finding]) -> Iterator[Record]:
    """Yield the records in which something stands, up to a long empty stretch."""
    last = 0
    empty = 0
    for number, cells in records:
        if any(cell and not cell.isspace() for cell in cells):
            last, empty = number, 0
            yield number, cells
            continue
        empty += 1
        if empty > rules.MOST_EMPTY_ROWS:
            notes.append(found("stopped", row=last))
            return


def _headings(
    written: Iterator[Record], notes: list[Finding], layout: Layout
) -> tuple[Headings, list[Record]]:
    """Return the headings, and the rows of the list among those read to find them."""
    seen: list[Record] = []
    for number, cells in written:
        if len(cells) > rules.MOST_COLUMNS and not seen:
            raise Unreadable("too-many-columns", most=rules.MOST_COLUMNS)
        columns = layout.fields_of(cells[: rules.MOST_COLUMNS])
        if layout.needs in columns:
            notes += _about(cells, columns)
            return Headings(columns, len(cells)), []
        seen.append((number, cells))
        if len(seen) == HEADINGS_WITHIN:
            break
    if not seen:
        raise Unreadable("empty")
    if layout.is_of_people and (columns := _without_headings(seen[0][1])):
        notes.append(found("no-headings", column=columns.index("address") + 1))
        return Headings(columns, len(columns)), seen
    raise Unreadable(layout.missing, columns=_listed(seen[0][1]))


def _without_headings(cells: Sequence[str]) -> list[str]:
    """Return the columns of a list of which even the first row is a person."""
    told = [rules.address_of(rules.cleaned(cell[:400]))[0] for cell in cells]
    columns = ["" if rules.address_flaw(one) else "address" for one in told]
    if "address" not in columns:
        return []
    first = columns.index("address")
    others = [at for at, cell in enumerate(cells) if at != first and cell]
    columns = [""] * len(cells)
    columns[first] = "address"
    if len(others) == 1:
        columns[others[0]] = "name"
    return columns


def _about(headings: Sequence[str], columns: Sequence[str]) -> Iterator[Finding]:
    if unread := [h for h, c in zip(headings, columns, strict=False) if not c and h]:
        yield found("unread-columns", columns=_listed(unread))
    twice = {c for c in columns if c and columns.count(c) > 1}
    if twice:
        same = [h for h, c in zip(headings, columns, strict=False) if c in twice]
        yield found("columns-twice", columns=_listed(same))


def _listed(headings: Iterable[str]) -> str:
    told = [rules.cleaned(one[:60]) for one in headings]
    named = [one for one in told if one]
    return ", ".join(named[:30]) + (", …" if len(named) > 30 else "")


def _line(
    number: int, cells: Sequence[str], columns: Sequence[str], width: int
) -> Line:
    told: dict[str, str] = {}
    flaw = _flaw(cells, columns, width)
    for cell, column in zip(cells, columns, strict=False):
        if column and column not in told:
            text = rules.cleaned(cell[: rules.MOST_LETTERS])
            if text:
                told[column] = text
    return Line(number, told, flaw)


def _flaw(cells: Sequence[str], columns: Sequence[str], width: int) -> str:
    if any(cell and not cell.isspace() for cell in cells[width:]):
        return "more-cells"
    for cell, column in zip(cells, columns, strict=False):
        if column and cell.count("\n") > rules.MOST_LINE_BREAKS:
            return "quote-open"
        if column and len(cell) > rules.MOST_LETTERS:
            return "cell-long"
    return ""
