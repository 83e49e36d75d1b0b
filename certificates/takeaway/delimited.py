"""How is a report written as CSV (RFC 4180)?

RFC 4180 knows no comments, and a line above the headings would break every program that
reads the file. The moment at which the report holds is therefore one more column, the
last, so that files of several months can be put together. Headings are names of columns
and nothing else: what was asked for, and the totals, stand in the other kinds of file.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from django.utils.translation import gettext as _

from certificates.takeaway import copying
from certificates.takeaway.guarding import whole
from certificates.takeaway.sheet import Sheet, Tell, in_words
from lms.cells import plain_cell

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()


def write_plain(sheet: Sheet, file: BinaryIO, tell: Tell) -> None:
    """Write UTF-8 without a mark: what programs read."""
    moment = in_words(sheet.as_of)
    file.write(line([*sheet.headings, _("As of")]))
    written, quiet = 0, copying.holds_connection(sheet.rows)
    for lines, number in pieces(sheet, last=moment):
        file.write(lines)
        written += number
        if not quiet:
            tell(written)
    if quiet:
        tell(written)


def write_marked(sheet: Sheet, file: BinaryIO, tell: Tell) -> None:
    """Write UTF-8 with a mark at its beginning: what spreadsheets open rightly."""
    file.write(BOM)
    write_plain(sheet, file, tell)


def pieces(sheet: Sheet, *, last: str) -> Iterator[tuple[bytes, int]]:
    """Yield some lines and their number: from the database, or else from here."""
    if copying.can_copy(sheet.rows):
        yield from copying.copied(sheet.rows, kinds=sheet.kinds, last=last)
        return
    for some in sheet.some_rows():
        yield lines_of(some, kinds=sheet.kinds, last=last), len(some)


def line(cells: list[str]) -> bytes:
    return lines_of([tuple(cells)], kinds=["text"] * len(cells))


def lines_of(rows, *, kinds, last: str | None = None) -> bytes:
    """Return the rows as lines that end as the standard says, every cell quoted."""
    text = StringIO(newline="")
    file = csv.writer(text, quoting=csv.QUOTE_ALL)
    end = [] if last is None else [last]
    for row in rows:
        file.writerow([*map(cell, row, kinds), *end])
    return text.getvalue().encode()


def cell(value: object, kind: str) -> str:
    """Return a cell as text; what somebody typed is no formula."""
    text = in_words(value)
    return plain_cell(whole(text)) if kind == "text" else text
