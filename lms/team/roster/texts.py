"""In which letters is a file written? UTF-8, UTF-16, or what Windows wrote before."""

import codecs
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import IO

from lms.team.roster.findings import Finding, found

CHUNK = 64 * 1024
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def lines_of(file: IO[bytes], notes: list[Finding]) -> Iterator[str]:
    """Yield the lines of a file that can be sought, each with its end."""
    letters = encoding_of(file)
    if letters == "cp1252":
        notes.append(found("old-letters"))
    file.seek(0)
    text = TextIOWrapper(file, encoding=letters, errors="replace", newline="")
    try:
        yield from without_nul(text, notes)
    finally:
        text.detach()  # closing is for whoever opened the file


def without_nul(lines: Iterable[str], notes: list[Finding]) -> Iterator[str]:
    """Yield the lines without the sign that ends texts inside of machines."""
    told = False
    for line in lines:
        if "\0" in line:
            if not told:
                notes.append(found("nul"))
                told = True
            yield line.replace("\0", "")
        else:
            yield line


def encoding_of(file: IO[bytes]) -> str:
    """Return the letters of a file, by its first signs or by trying all of it."""
    file.seek(0)
    head = file.read(CHUNK)
    for mark, letters in MARKS.items():
        if head.startswith(mark):
            return letters
    # Every second sign of UTF-16 is NUL where words are Spanish or English.
    for at, letters in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 3 and head[at::2].count(0) * 2 > len(head[at::2]):
            return letters
    return "utf-8" if _is_utf8(file) else "cp1252"


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
