"""What an address is, and what no spreadsheet reckons with."""

import pytest

from lms.team.roster.rules import address_of, cleaned, hidden_sign


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  Ana \n Ruiz\t", "Ana Ruiz"),
        ("\u200b\ufeffAna\u200b Ruiz\u200f", "Ana\u200b Ruiz"),
        ("Ana\xa0Ruiz", "Ana Ruiz"),
        ("A\x00na\x1f", "A na"),
        ("Ana\ud800", "Ana"),
    ],
)
def test_cells_become_one_line(text, told):
    assert cleaned(text) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Ana@X.org", ("ana@x.org", "")),
        ('"Ruiz, Ana" <ana@x.org>', ("ana@x.org", "Ruiz, Ana")),
        ("mailto:ana@x.org", ("ana@x.org", "")),
        ("<ana@x.org", ("<ana@x.org", "")),
    ],
)
def test_an_address_is_told_from_the_name_beside_it(cell, told):
    assert address_of(cell) == told


def test_a_sign_that_nobody_sees_is_named_by_its_number():
    assert [hidden_sign("ana"), hidden_sign("a\u202ena"), hidden_sign("a\u2800")] == [
        "",
        "U+202E",
        "U+2800",
    ]
