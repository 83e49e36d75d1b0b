"""What does each output of the report hold? Its cells, read back as plain text."""

import csv
import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from certificates.reports.columns import COLUMNS
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.sheet import Sheet, in_words

Cells = list[tuple[str, ...]]
SHEET = "xl/worksheets/sheet1.xml"
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY_NOUGHT = date(1899, 12, 30)  # as Excel counts


class Table(HTMLParser):
    """The rows of one table of a page, as what stands in their cells.

    The name of its column, which a cell says where rows are cards, is none of it, nor
    is what unfolds a card.
    """

    def __init__(self, page: str, caption: str):
        super().__init__()
        self.caption, self.rows = caption, []
        self.inside = self.found = False
        self.skipped = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        names_the_column = dict(attributes).get("class") == "cell-head"
        if not self.skipped and (tag == "summary" or names_the_column):
            self.skipped = tag
        if tag == "caption" and dict(attributes).get("id", "") == self.caption:
            self.found = True
        elif self.found and tag == "tr":
            self.rows.append([])
        elif self.found and tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        if tag == "table":
            self.found = False
        elif tag in ("td", "th"):
            self.inside = False
        elif tag == self.skipped:
            self.skipped = ""
        elif self.inside:
            self.rows[-1][-1] += " "

    def handle_data(self, text):
        if self.inside and not self.skipped:
            self.rows[-1][-1] += text

    @property
    def body(self) -> Cells:
        """The rows below the headings, blanks as one."""
        return [tuple(" ".join(cell.split()) for cell in row) for row in self.rows[1:]]


def as_file(sheet: Sheet, key: str) -> bytes:
    file = BytesIO()
    FORMATS[key].write(sheet, file)
    return file.getvalue()


def of_csv(content: bytes) -> Cells:
    """Return the rows without the last column, which says as of when."""
    lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return [tuple(row[:-1]) for row in list(lines)[1:]]


def of_json(content: bytes) -> Cells:
    return of_objects(json.loads(content)["rows"])


def of_objects(rows: Iterable[dict[str, Any]]) -> Cells:
    """Return the cells of what programs are told, in the order of the columns."""
    return [tuple(in_words(row[key]) for key in COLUMNS) for row in rows]


def of_workbook(content: bytes, *, kinds: Sequence[str]) -> Cells:
    """Return the rows below the headings, which stand below an empty row."""
    with ZipFile(BytesIO(content)) as archive:
        # Of a file that we wrote ourselves, just now.
        tree = ElementTree.fromstring(archive.read(SHEET))  # noqa: S314 # nosec B314
    rows = [_cells(row, kinds=kinds) for row in tree.iter(f"{CELL}row")]
    head = next(place for place, row in enumerate(rows) if all(row))
    return rows[head + 1 :]


def _cells(row: ElementTree.Element, *, kinds: Sequence[str]) -> tuple[str, ...]:
    found = [""] * len(kinds)
    for cell in row.iter(f"{CELL}c"):
        place = _place(cell.attrib["r"])
        said = "".join(cell.itertext())
        is_text = cell.get("t") == "inlineStr"
        if kinds[place] == "day" and said and not is_text:
            said = str(DAY_NOUGHT + timedelta(days=int(said)))
        found[place] = said
    return tuple(found)


def _place(name: str) -> int:
    """Return the number of the column, counted from nought, of a cell like "AB7"."""
    number = 0
    for letter in re.sub(r"\d", "", name):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def words_of_pdf(content: bytes) -> list[str] | None:
    """Return the words of the paper in order; None where nothing here reads one."""
    if not which("pdftotext"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.pdf")
        path.write_bytes(content)
        command = ["pdftotext", "-raw", str(path), "-"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own file
    return done.stdout.split()


READERS: dict[str, Callable[[bytes], Cells]] = {
    "csv": of_csv,
    "csv-plain": of_csv,
    "json": of_json,
}
