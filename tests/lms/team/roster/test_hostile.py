"""Files that were made to hurt: each gets a word at once, none an error."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import thread_time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.team.roster import archives
from lms.team.roster.findings import Unreadable
from lms.team.roster.reading import read, read_pasted
from lms.team.roster.words import UNREADABLE
from tests.lms.team.roster.building import (
    archive,
    outcome,
    outcome_of,
    pasted,
    row,
    sheet,
    upload,
    workbook,
)

HEAD = row("correo", "nombre")
ANA = row("ana@example.org", "Ana")
LIST = "correo,nombre\nana@example.org,Ana\n"
MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHARED = "xl/sharedStrings.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
GOOD = workbook(sheet(HEAD, ANA))


LONGEST = workbook(sheet(HEAD, ANA * 5000))
TIMES = 20  # the most costly of them takes seven times as long


@contextmanager
def spent() -> Iterator[list[float]]:
    """Give the seconds of work in the block: how busy others are does not count."""
    seconds, began = [], thread_time()
    yield seconds
    seconds.append(thread_time() - began)


@pytest.fixture(scope="module")
def enough():
    """The work that reading the longest list we take, as a workbook, is worth."""
    with spent() as seconds:
        assert len(outcome(LONGEST)) == 5000
    return TIMES * seconds[0]


def bomb(name: str, size: int, *, says: int | None = None) -> bytes:
    """Return a workbook with a part of that size, which may say it has another."""
    file = BytesIO(GOOD)
    with ZipFile(file, "a", ZIP_DEFLATED) as made, made.open(name, "w") as part:
        part.write(b"<worksheet><sheetData><row><c><v>")
        for _ in range(size // MB):
            part.write(b"x" * MB)
    content = file.getvalue()
    if says is not None:
        whole = struct.pack("<L", size + 33)
        content = content.replace(whole, struct.pack("<L", says))
    return content


def flagged(flag: int) -> bytes:
    """Return the workbook with that flag on each of its parts."""
    content = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= flag
            place = content.find(mark, place + 1)
    return bytes(content)


def packed_otherwise() -> bytes:
    content = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] = 14  # LZMA
            place = content.find(mark, place + 1)
    return bytes(content)


def many_parts() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for number in range(archives.MOST_PARTS + 1):
            made.writestr(ZipInfo(str(number)), b"")
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "empty": (lambda: b"", "empty"),
    "blank": (lambda: b" \r\n\t\n", "empty"),
    "only a header": (lambda: b"correo,nombre\n", "only-headings"),
    "5 001 rows": (
        lambda: LIST.encode() + b"x@example.org,X\n" * 5000,
        "too-many-rows",
    ),
    "five million lines": (lambda: b"\n" * 5 * MB, "empty"),
    "1 M columns above": (lambda: b"correo" + b"," * 1_000_000, "too-many-columns"),
    "one cell of 5 MB": (lambda: LIST.encode() + b"x" * (4 * MB), "cell-endless"),
    "one quoted cell": (lambda: b'correo\n"' + b"a@x.org\n" * 500_000, "cell-endless"),
    "a PDF": (lambda: b"%PDF-1.7\n\xb5\xed\xae\xfb", "is-pdf"),
    "a PNG": (lambda: b"\x89PNG\r\n\x1a\n", "is-picture"),
    "a page": (lambda: b"\xef\xbb\xbf <HTML><table>", "is-web-page"),
    "an RTF": (lambda: b"{\\rtf1 correo}", "is-document"),
    "a RAR": (lambda: b"Rar!\x1a\x07", "is-archive"),
    "a program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(range(1, 32)) * 9, "not-text"),
    "an old workbook": (
        lambda: OLE,
        "is-old-workbook",
    ),
    "a locked workbook": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "no archive": (lambda: b"PK but no archive", "broken"),
    "half an archive": (lambda: GOOD[: len(GOOD) // 2], "broken"),
    "an archive without its end": (lambda: GOOD[:-30], "broken"),
    "a locked archive": (lambda: flagged(1), "encrypted"),
    "another packing": (lambda: packed_otherwise(), "broken"),
    "an empty archive": (lambda: archive({}), "archive-without-list"),
    "an archive in an archive": (
        lambda: archive({"a.zip": GOOD}),
        "archive-without-list",
    ),
    "too many parts": (lambda: many_parts(), "inflates"),
    "100 MB of one cell": (lambda: bomb(SHARED, 100 * MB), "inflates"),
    "100 MB that say 9": (
        lambda: bomb(SHARED, 100 * MB, says=9),
        "broken",
    ),
    "100 000 rows": (lambda: workbook(sheet(HEAD, ANA * 100_000)), "too-many-rows"),
    "1 M rows": (lambda: workbook(sheet(HEAD, ANA * 1_000_000)), "inflates"),
    "1 M empty rows": (lambda: workbook(sheet("<row/>" * 1_000_000)), "empty"),
    "1 M cells": (
        lambda: workbook(sheet(f"<row>{'<c/>' * 1_000_000}</row>")),
        "too-many-columns",
    ),
    "1 M elements": (lambda: workbook(sheet("<x/>" * 1_000_000)), "inflates"),
    "1 M texts": (
        lambda: workbook(sheet(HEAD, ANA), shared=("<t>x</t>",) * 400_000),
        "inflates",
    ),
    "billion laughs": (lambda: workbook(sheet(HEAD, ANA, before=LAUGHS)), "declares"),
    "laughs shared": (
        lambda: workbook(sheet(HEAD), more={SHARED: LAUGHS + "<sst/>"}),
        "declares",
    ),
    "a file of the server": (lambda: workbook(sheet(HEAD, before=OUTSIDE)), "declares"),
    "letters nobody knows": (
        lambda: workbook('<?xml version="1.0" encoding="x-none"?><worksheet/>'),
        "broken",
    ),
    "letters of many bytes": (
        lambda: workbook('<?xml version="1.0" encoding="utf-7"?><worksheet/>'),
        "broken",
    ),
}


@pytest.mark.parametrize(("made", "word"), HOSTILE.values(), ids=HOSTILE)
def test_what_was_made_to_hurt_gets_a_word_before_long(made, word, enough):
    content = made()

    with spent() as seconds:
        found = outcome(content)

    assert found == word
    assert word in UNREADABLE
    assert seconds[0] < enough


def test_a_row_of_a_million_columns_is_one_wrong_row(enough):
    with spent() as seconds:
        reading = read([upload(LIST + "b@example.org" + ",x" * 1_000_000)])

    assert seconds[0] < enough
    assert [line.flaw for line in reading.lines] == ["", "more-cells"]


def test_strange_numbers_of_rows_and_places_are_passed_over():
    strange = (
        f'<row r="{"9" * 5000}"><c r="A1" t="inlineStr"><is><t>a@x.org</t></is></c>'
        '<c r="ZZZ9"><v>1</v></c><c r="../x"><v>1</v></c></row>'
    )

    assert outcome(workbook(sheet(HEAD, strange))) == [(2, {"address": "a@x.org"})]


def test_a_file_is_refused_by_its_size_before_it_is_opened():
    given = upload(b"")
    given.size = 5 * MB + 1
    given.file.close()

    assert outcome_of(given) == "too-big"


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u00ad", "\u2066", "\ufeff"])
def test_signs_that_nobody_sees_are_kept_inside_and_go_at_the_ends(sign):
    text = f"correo\n{sign}ana@example.org{sign}\nan{sign}a@example.org\n"
    at_the_ends = pasted(text)[0][1]["address"]

    assert at_the_ends.strip(sign) == "ana@example.org"
    assert pasted(text)[1][1]["address"] == f"an{sign}a@example.org"


def known(content: bytes) -> bool:
    found = outcome(content)
    return isinstance(found, list) or found in UNREADABLE


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_are_an_error(content):
    assert known(content)
    assert known(LIST.encode() + content)
    assert known(b"PK\x03\x04" + content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_is_an_error(place, content):
    assert known(GOOD[:place] + content + GOOD[place + len(content) :])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_damage_inside_a_workbook_is_an_error(text):
    content = text.encode(errors="surrogatepass")
    assert known(archive({"xl/workbook.xml": content}))
    assert known(workbook(sheet(HEAD), more={SHEET + "x": content}))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_pasted_text_is_an_error(text):
    for lead in ("", "correo,nombre\n", 'correo\n"'):
        assert known_text(lead + text)


def known_text(text: str) -> bool:
    try:
        read_pasted(text)
    except Unreadable as error:
        return error.finding["is"] in UNREADABLE
    return True
