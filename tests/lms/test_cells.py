"""No cell of a file is a formula, whatever somebody typed before it."""

import csv
from datetime import date
from io import StringIO
from itertools import product

import pytest

from lms.cells import as_csv, plain_cell

SIGNS = [
    *"=+-@|%",
    *"\uff5c\uff05",
    *"\uff1d\uff0b\uff0d\uff20",
    *"\ufe66\ufe62\ufe63\ufe6b",
    "\N{MINUS SIGN}",
]
BEFORE = ["", " ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\ufeff", "\u200b \t"]


@pytest.mark.parametrize(("before", "sign"), list(product(BEFORE, SIGNS)))
def test_what_would_be_reckoned_becomes_text(before, sign):
    cell = f"{before}{sign}1"

    assert plain_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("sign", ["\t", "\r", "\n"])
def test_what_begins_with_a_tab_or_a_line_break_becomes_text(sign):
    assert plain_cell(f"{sign}Ana") == f"'{sign}Ana"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Ruiz, Ana", "Ruiz, Ana"),
        (" Ana = 1", " Ana = 1"),
        ("ana@example.org", "ana@example.org"),
        ("\uff11\uff0b\uff11", "\uff11\uff0b\uff11"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        ("", ""),
        ("  ", "  "),
        (14, "14"),
        (date(2026, 11, 2), "2026-11-02"),
    ],
)
def test_other_cells_stay_as_they_are(value, cell):
    assert plain_cell(value) == cell


def test_no_program_finds_another_cell_in_what_somebody_typed():
    table = as_csv([["name", "of"], ["Ruiz;=1+1", '";\n=1,"'], ["\uff1d1", 2]])

    assert table == ('"name","of"\r\n"Ruiz;=1+1",""";\n=1,"""\r\n"\'\uff1d1","2"\r\n')
    assert list(csv.reader(StringIO(table, newline="")))[1:] == [
        ["Ruiz;=1+1", '";\n=1,"'],
        ["'\uff1d1", "2"],
    ]
