"""What PostgreSQL writes by itself and what Python writes are the same bytes."""

import re
from io import BytesIO
from itertools import product

import pytest
from django.db import connection
from django.utils.translation import override

from certificates.models import ReportLine
from certificates.reports.columns import COLUMNS
from certificates.takeaway import copying
from certificates.takeaway.delimited import lines_of, write_plain
from certificates.takeaway.guarding import BREAK, live_pattern, whole
from certificates.takeaway.reading import read
from lms.cells import BREAKS, LIVE, UNSEEN, plain_cell
from tests.factories import PersonFactory

SIGNS = [*sorted(LIVE), "\uff1d", "\uff20", "\ufe62", "\u207c", "a", "7", "Ñ", "", '"']
BEFORE = ["", " ", "\t", "\r", "\n", "\u00a0", "\ufeff", "\u200b \t", "\U000e0001"]
TEXTS = [f"{before}{sign}1,\n;" for before, sign in product(BEFORE, SIGNS)]


@pytest.mark.parametrize("text", TEXTS)
def test_the_pattern_finds_what_python_guards(text):
    sent = text.replace("\n", BREAK)

    assert bool(re.search(live_pattern(), sent)) is (plain_cell(text) != text)


def test_the_pattern_knows_all_letters():
    assert {"\t", "\r", "\n"} == BREAKS
    assert {"Cc", "Cf", "Zl", "Zp", "Zs"} == UNSEEN
    assert live_pattern().isascii()


def test_a_text_leaves_out_the_sign_of_line_breaks():
    assert whole("a\x01b\nc") == "ab\nc"


@pytest.fixture
def typed(line):
    """Lines about people whose names somebody made up to do harm."""
    people = [
        PersonFactory(legal_name=text, sort_name=text) for text in TEXTS if text.strip()
    ]
    return [line(person) for person in people]


def test_both_write_the_same_bytes(typed, ines, at):
    with override("es"):
        sheet = read(ines, {}, at=at).sheet(list(COLUMNS))
        file = BytesIO()

        write_plain(sheet, file, lambda rows: None)

        rows = list(sheet.rows)
        here = lines_of(rows, kinds=sheet.kinds, last="2026-11-02 12:00")
    assert len(rows) == len(typed)
    assert file.getvalue().partition(b"\r\n")[2] == here


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_postgresql_copies_moments_numbers_and_nothing(typed, at):
    rows = ReportLine.objects.order_by("pk")[:2]
    rows = rows.values_list("enrolled_at", "total", "withdrawn_at")

    pieces = list(copying.copied(rows, kinds=["moment", "number", "moment"], last="x"))

    assert pieces == [(b'"2026-11-02 12:00","4","","x"\r\n' * 2, 2)]


def test_a_query_that_finds_nothing_writes_nothing(db):
    nothing = ReportLine.objects.none().values_list("total")

    assert list(copying.copied(nothing, kinds=["number"], last="x")) == []


def test_a_list_is_written_here(db):
    assert copying.can_copy([("a",)]) is False
