"""Which rows are in what somebody uploads or pastes? Whatever it is, we answer.

An answer is a `Reading`, or `Unreadable` with a sentence; never any other exception,
and never more than a second's work: what is too much is refused before it is read.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from io import BytesIO, StringIO
from itertools import chain
from typing import IO, Protocol
from zipfile import ZipFile

from lms.team.roster import archives, delimited, oneroster, rules, texts, workbook
from lms.team.roster.columns import PEOPLE, Layout
from lms.team.roster.findings import Finding, Unreadable
from lms.team.roster.tables import Reading, Record, read_table

HEAD = 4096
# What files begin with that are no lists, whatever their name says.
BEGINNINGS = {
    b"%PDF": "is-pdf",
    b"\x89PNG": "is-picture",
    b"\xff\xd8\xff": "is-picture",
    b"GIF8": "is-picture",
    b"{\\rtf": "is-document",
    b"<?xml": "is-web-page",
    b"<!doctype": "is-web-page",
    b"<html": "is-web-page",
    b"<table": "is-web-page",
    b"Rar!": "is-archive",
    b"7z\xbc\xaf": "is-archive",
    b"\x1f\x8b": "is-archive",
}
# Control signs that no text is full of; NUL is half of a text in UTF-16.
STRANGE = [byte for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1b"]
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Parts by which archives are known that are not ours to read.
OTHER_ARCHIVES = {
    "xl/workbook.bin": "is-binary-workbook",
    "content.xml": "is-open-document",
    "word/document.xml": "is-document",
    "ppt/presentation.xml": "is-document",
}


class Upload(Protocol):
    """A file as Django has it: a name, a size, and what can be read and sought."""

    name: str
    size: int
    file: IO[bytes]


def read(uploads: Sequence[Upload], layout: Layout = PEOPLE) -> Reading:
    """Return the rows of one list, or of the files of one OneRoster package."""
    if sum(one.size for one in uploads) > rules.MOST_BYTES:
        raise Unreadable("too-big", megabytes=rules.MOST_BYTES // 1024 // 1024)
    notes: list[Finding] = []
    names = [oneroster.name_in(one.name) for one in uploads]
    if len(uploads) > 1:
        if not (layout.is_of_people and oneroster.are_of_it(names)):
            raise Unreadable("many-files")
        return _package_of_files(dict(zip(names, uploads, strict=True)), notes)
    (upload,) = uploads
    kind = _kind(upload.file)
    if kind == "archive":
        return _read_archive(upload.file, notes, layout)
    if kind != "text":
        raise Unreadable(kind)
    return _read_lines(upload.file, notes, layout)


def read_pasted(text: str, layout: Layout = PEOPLE) -> Reading:
    """Return the rows of a text that was pasted or typed."""
    if len(text) > rules.MOST_BYTES:
        raise Unreadable("too-big", megabytes=rules.MOST_BYTES // 1024 // 1024)
    notes: list[Finding] = []
    lines = texts.without_nul(StringIO(text, newline=""), notes)
    return read_table(
        delimited.records_of(lines, layout), notes, layout=layout, parted=True
    )


def _kind(file: IO[bytes]) -> str:
    """Return "archive", "text", or why it is neither, by the first bytes."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return "empty"
    if head.startswith(b"PK"):
        return "archive"
    if head.startswith(OLD_OFFICE):
        file.seek(0)
        return "encrypted" if ENCRYPTED in file.read() else "is-old-workbook"
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, kind in BEGINNINGS.items():
        if begins.startswith(beginning.lower()):
            return kind
    strange = sum(head.count(byte) for byte in STRANGE)
    return "not-text" if strange * 20 > len(head) else "text"


def _read_lines(file: IO[bytes], notes: list[Finding], layout: Layout) -> Reading:
    with closing(texts.lines_of(file, notes)) as lines:
        records = delimited.records_of(lines, layout)
        first = next(records, None)
        if layout.is_of_people and _is_oneroster(first):
            sheet = partial(chain, [first], records)
            return oneroster.read_package({oneroster.USERS: sheet}, notes)
        rows = chain([first] if first else [], records)
        return read_table(rows, notes, layout=layout, parted=True)


def _is_oneroster(first: Record | None) -> bool:
    return bool(first) and oneroster.is_of_it(first[1][: rules.MOST_COLUMNS])


def _read_archive(file: IO[bytes], notes: list[Finding], layout: Layout) -> Reading:
    with archives.opened(file) as archive:
        names = archive.namelist()
        known = {name.lower() for name in names}
        if workbook.BOOK in known:
            return read_table(workbook.records_of(archive, notes), notes, layout=layout)
        for name, kind in OTHER_ARCHIVES.items():
            if name in known:
                raise Unreadable(kind)
        if "encryptioninfo" in known:
            raise Unreadable("encrypted")
        if not layout.is_of_people:
            raise Unreadable("is-archive")
        return _package_of_archive(archive, names, notes)


def _package_of_archive(
    archive: ZipFile, names: Sequence[str], notes: list[Finding]
) -> Reading:
    """Read a package where it stands in the archive: no path is made of its names."""
    parts = {oneroster.name_in(name): name for name in reversed(names)}
    if oneroster.USERS not in parts:
        raise Unreadable("archive-without-list")

    def sheet(name: str) -> Iterator[Record]:
        inflated = BytesIO(b"".join(archives.chunks_of(archive, parts[name])))
        return delimited.records_of(texts.lines_of(inflated, notes))

    sheets = {n: partial(sheet, n) for n in oneroster.FILES if n in parts}
    return oneroster.read_package(sheets, notes)


def _package_of_files(uploads: dict[str, Upload], notes: list[Finding]) -> Reading:
    def sheet(name: str) -> Iterator[Record]:
        kind = _kind(uploads[name].file)
        if kind not in ("text", "empty"):
            raise Unreadable(kind)
        return delimited.records_of(texts.lines_of(uploads[name].file, notes))

    sheets = {n: partial(sheet, n) for n in oneroster.FILES if n in uploads}
    return oneroster.read_package(sheets, notes)
