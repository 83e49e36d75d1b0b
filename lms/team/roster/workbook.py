"""Rows of the first visible sheet of an Excel workbook (XLSX).

Formulas are never reckoned: what the workbook last showed is read, or else the formula
itself, as text.
"""

import re
from collections.abc import Iterator
from posixpath import join, normpath
from zipfile import ZipFile

from lms.team.roster import rules
from lms.team.roster.archives import chunks_of
from lms.team.roster.findings import Finding, Unreadable, found
from lms.team.roster.tables import Record
from lms.team.roster.xml import Elements

BOOK = "xl/workbook.xml"
MACROS = "vbaProject.bin"
MOST_SHARED = 150_000  # texts
MOST_CELLS = 16_384  # of a row: as many as Excel has
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
PLACE = re.compile(r"([A-Z]{1,3})\d{1,7}")
HIDDEN = ("hidden", "veryHidden")


def records_of(archive: ZipFile, notes: list[Finding]) -> Iterator[Record]:
    """Yield the rows of the sheet, with the numbers that the spreadsheet shows."""
    names = archive.namelist()
    if any(name.endswith(MACROS) for name in names):
        raise Unreadable("macros")
    path = _sheet(archive, names, notes)
    texts: list[str] = []
    if shared := _named(names, "xl/sharedStrings.xml"):
        texts = list(_Texts().read(chunks_of(archive, shared)))
    yield from _Rows(texts).read(chunks_of(archive, path))


def _named(names: list[str], path: str) -> str:
    """Return the name of a part in whatever case it is written, or nothing."""
    return next((name for name in names if name.lower() == path.lower()), "")


def _sheet(archive: ZipFile, names: list[str], notes: list[Finding]) -> str:
    """Return the path of the first visible sheet; where there are others, say so."""
    book = _named(names, BOOK)
    sheets = list(_Sheets().read(chunks_of(archive, book)))
    visible = [one for one in sheets if one[2] not in HIDDEN]
    if not visible:
        raise Unreadable("no-sheet")
    name, key, _state = visible[0]
    if len(sheets) > 1:
        notes.append(found("sheet", name=rules.cleaned(name[:60]), sheets=len(sheets)))
    links = _named(names, "xl/_rels/workbook.xml.rels")
    targets = dict(_Links().read(chunks_of(archive, links)))
    path = _named(names, normpath(join("/xl", targets[key])).lstrip("/"))
    if not path:
        raise Unreadable("broken")
    return path


class _Sheets(Elements):
    """Hands out the name, the key and the state of each sheet of a workbook."""

    def begins(self, name: str, facts: dict[str, str]) -> None:
        if name == "sheet":
            keys = [v for k, v in facts.items() if k.endswith(" id")]
            key = keys[0] if keys else ""
            self.ready.append((facts.get("name", ""), key, facts.get("state", "")))


class _Links(Elements):
    """Hands out the key and the path of each part that a workbook names."""

    def begins(self, name: str, facts: dict[str, str]) -> None:
        if name == "Relationship":
            self.ready.append((facts.get("Id", ""), facts.get("Target", "")))


class _Texts(Elements):
    """Hands out the texts that cells share; how they are pronounced is none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.listens = self.is_spoken = False
        self.count = 0

    def begins(self, name: str, facts: dict[str, str]) -> None:
        if name == "si":
            self.said = []
        elif name == "rPh":
            self.is_spoken = True
        elif name == "t":
            self.listens = not self.is_spoken

    def says(self, text: str) -> None:
        if self.listens:
            self.said.append(text)

    def ends(self, name: str) -> None:
        if name == "t":
            self.listens = False
        elif name == "rPh":
            self.is_spoken = False
        elif name == "si":
            self.count += 1
            if self.count > MOST_SHARED:
                raise Unreadable("inflates")
            self.ready.append(_unescaped("".join(self.said)))


class _Rows(Elements):
    """Hands out the rows of a sheet: number and cells, as far as a list is wide."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.texts = texts
        self.number = self.column = self.count = 0
        self.cells: list[str] = []
        self.kind = self.within = ""
        self.said: dict[str, list[str]] = {}

    def begins(self, name: str, facts: dict[str, str]) -> None:
        if name == "row":
            told = facts.get("r", "")
            known = told.isdecimal() and len(told) < 8
            self.number = int(told) if known else self.number + 1
            self.cells, self.column, self.count = [], 0, 0
        elif name == "c":
            self.count += 1
            if self.count > MOST_CELLS:
                raise Unreadable("too-many-columns", most=rules.MOST_COLUMNS)
            place = facts.get("r")
            self.column = (place and _column(place)) or self.column + 1
            self.kind, self.said = facts.get("t", "n"), {}
        elif name in ("v", "f", "t"):
            self.within = name

    def says(self, text: str) -> None:
        if self.within:
            self.said.setdefault(self.within, []).append(text)

    def ends(self, name: str) -> None:
        if name == "row":
            self.ready.append((self.number, self.cells))
        elif name == "c":
            if self.said:
                self._put(self._text())
        elif name == self.within:
            self.within = ""

    def _put(self, text: str) -> None:
        if text and self.column <= rules.MOST_COLUMNS + 1:
            self.cells += [""] * (self.column - len(self.cells))
            self.cells[self.column - 1] = text

    def _text(self) -> str:
        told = {name: "".join(parts) for name, parts in self.said.items()}
        value = told.get("v", "")
        if self.kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 8 else -1
            return self.texts[at] if 0 <= at < len(self.texts) else ""
        if self.kind == "inlineStr":
            return _unescaped(told.get("t", ""))
        if "f" in told and not value:
            return f"={told['f']}"
        return _unescaped(value)


def _column(place: str) -> int:
    """Return the number of the column of a place like "AB12", 0 if it is none."""
    match = PLACE.fullmatch(place)
    number = 0
    for letter in match[1] if match else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    """Return the text with the signs that XML cannot hold, written as _x000D_."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
