"""How is a report written as a workbook (XLSX)?

One sheet that can be seen, typed columns, and nothing about whoever made it. A sheet
ends at 1 048 576 rows: what does not fit goes on in a further one.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from certificates.takeaway.sheet import (
    Sheet,
    Tell,
    in_words,
    local,
    told_of,
    whose_clock,
)

MOST_ROWS = 1_048_576  # of a sheet, its head included
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Excel knows no zones: a made-up one keeps the file the same on every machine.
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WIDTHS = {"text": 28, "choice": 18, "day": 12, "moment": 17, "number": 10}
Put = Callable[[int, int, Any], object]


def write(sheet: Sheet, file: BinaryIO, tell: Tell, *, most: int = MOST_ROWS) -> None:
    """Write the workbook; `most` rows go on one sheet."""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": MADE_AT})
        page, written = Page(book, sheet), 0
        for some in sheet.some_rows():
            for row in some:
                if page.height >= most:
                    page.end()
                    page = Page(book, sheet)
                page.put_row(row)
            written += len(some)
            tell(written)
        page.end()


class Page:
    """One sheet of the workbook: its head, and where a cell of each kind is put."""

    def __init__(self, book: Workbook, sheet: Sheet):
        number = len(book.worksheets()) + 1
        name = _("Report")
        self.sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
        self.formats = formats_of(book)
        self.head = self.put_head(sheet)
        self.height = self.head + 1
        self.puts = [self.put_of(kind) for kind in sheet.kinds]

    def put_head(self, sheet: Sheet) -> int:
        """Write what stands above the rows; return where the headings are."""
        bold = self.formats["head"]
        for column, kind in enumerate(sheet.kinds):
            self.sheet.set_column(column, column, WIDTHS[kind])
        self.sheet.write_string(0, 0, sheet.title, bold)
        row = 0
        for row, (name, value) in enumerate(head_of(sheet), start=1):
            self.sheet.write_string(row, 0, name)
            self.sheet.write_string(row, 1, value)
        row += 2
        for column, heading in enumerate(sheet.headings):
            self.sheet.write_string(row, column, heading, bold)
        self.sheet.freeze_panes(row + 1, 1)
        return row

    def put_of(self, kind: str) -> Put:
        """Return how a value of that kind is put into a cell."""
        page: Worksheet = self.sheet
        if kind == "number":
            return page.write_number
        form = self.formats.get(kind)
        if kind == "day":
            return lambda row, column, day: page.write_datetime(row, column, day, form)
        if kind == "moment":
            return lambda row, column, moment: page.write_datetime(
                row, column, local(moment), form
            )
        return page.write_string

    def put_row(self, row: tuple) -> None:
        for column, (put, value) in enumerate(zip(self.puts, row, strict=True)):
            if value is not None:
                put(self.height, column, value)
        self.height += 1

    def end(self) -> None:
        """Let the columns be filtered, now that the number of rows is known."""
        self.sheet.autofilter(self.head, 0, self.height - 1, len(self.puts) - 1)


def formats_of(book: Workbook) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }


def head_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield what every report says of itself, and whose clock its moments follow."""
    yield _("As of"), in_words(sheet.as_of)
    yield from told_of(sheet)
    yield _("Time zone"), whose_clock()
