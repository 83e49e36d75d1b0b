"""Codes that people read aloud and type."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms import crockford
from lms.crockford import SIGNS


def test_fresh_code_takes_every_character_from_the_signs():
    code = crockford.fresh(100, secrets.choice)

    assert len(code) == 100
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.mark.parametrize(
    "typed", ["ABCD0211", "abcd-o2il", " ab cd 02 Li ", "ABCD—OZII"]
)
def test_read_forgives_how_it_was_typed(typed):
    expected = "ABCD0211" if "Z" not in typed else "ABCD0Z11"

    assert crockford.read(typed, length=8) == expected


@pytest.mark.parametrize("typed", ["", "ABCD021", "ABCD02110", "UUUUUUUU", "éééééééé"])
def test_read_refuses_what_cannot_be_a_code(typed):
    assert crockford.read(typed, length=8) is None


@given(st.text(SIGNS, min_size=8, max_size=8))
def test_read_understands_what_is_printed_in_fours(code):
    assert crockford.read(crockford.in_fours(code), length=8) == code


def test_in_fours_groups_by_four():
    assert crockford.in_fours("ABCD2345E") == "ABCD-2345-E"
