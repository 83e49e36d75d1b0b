from datetime import date, timedelta
from uuid import UUID

import pytest

from lms.mandates.rules import (
    Granter,
    Level,
    State,
    code_of,
    is_code,
    last_day,
    level_of,
    levels_of,
    may_be_second,
    may_grant,
    needs_second_person,
    refusals,
    state_of,
    window_of,
)
from tests.factories import NOON

DAY = date(2026, 11, 2)
ADMINISTRATOR = Granter(administrator=True)
SECRETARIAT = Granter(secretariat=True)
MINISTRY = Granter(countries=frozenset({"GT"}))
NOBODY = Granter()


@pytest.mark.parametrize(
    ("country", "institution", "level"),
    [
        ("", False, Level.REGION),
        ("GT", False, Level.COUNTRY),
        ("GT", True, Level.INSTITUTION),
    ],
)
def test_level_is_how_far_a_mandate_reaches(country, institution, level):
    assert level_of(country=country, institution=institution) is level


@pytest.mark.parametrize(
    ("granter", "levels"),
    [
        (ADMINISTRATOR, {Level.REGION}),
        (SECRETARIAT, {Level.COUNTRY}),
        (MINISTRY, {Level.INSTITUTION}),
        (NOBODY, set()),
    ],
)
def test_each_level_is_granted_by_the_one_above_it_and_by_no_other(granter, levels):
    given = {level for level in Level if may_grant(granter, level=level, country="GT")}

    assert given == levels == levels_of(granter)


def test_an_institution_is_granted_within_ones_own_country():
    assert not may_grant(MINISTRY, level=Level.INSTITUTION, country="HN")


def test_what_is_over_the_region_or_a_country_needs_a_second_person():
    needing = {level for level in Level if needs_second_person(level)}

    assert needing == {Level.REGION, Level.COUNTRY}


@pytest.mark.parametrize(
    ("somebody", "levels"),
    [
        (ADMINISTRATOR, {Level.REGION, Level.COUNTRY}),
        (SECRETARIAT, {Level.COUNTRY}),
        (MINISTRY, set()),
        (NOBODY, set()),
    ],
)
def test_the_second_person_is_never_below_the_first(somebody, levels):
    assert {level for level in Level if may_be_second(somebody, level=level)} == levels


@pytest.mark.parametrize(
    ("from_on", "last"),
    [(DAY, date(2028, 11, 2)), (date(2028, 2, 29), date(2030, 2, 28))],
)
def test_a_mandate_lasts_two_years_at_most(from_on, last):
    assert last_day(from_on) == last


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, []),
        ({"until_on": DAY}, []),
        ({"until_on": date(2028, 11, 2)}, []),
        ({"until_on": date(2028, 11, 3)}, ["too-long"]),
        ({"from_on": DAY - timedelta(days=1)}, ["begins-in-the-past"]),
        ({"until_on": DAY - timedelta(days=1)}, ["ends-before-it-begins"]),
        ({"theirs": False, "own_address": True}, ["not-yours", "own-address"]),
    ],
)
def test_refusals_name_every_reason(changed, reasons):
    asked = {
        "theirs": True,
        "own_address": False,
        "from_on": DAY,
        "until_on": DAY + timedelta(days=9),
        "on": DAY,
    }

    assert refusals(**asked | changed) == reasons


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"approved_at": None, "accepted_at": None}, State.WAITING),
        ({"accepted_at": None}, State.OFFERED),
        ({}, State.STANDING),
        ({"from_on": DAY + timedelta(days=1)}, State.FUTURE),
        ({"until_on": DAY}, State.STANDING),
        ({"until_on": DAY - timedelta(days=1)}, State.OVER),
        ({"accepted_at": None, "declined_at": NOON}, State.DECLINED),
        ({"ended_at": NOON}, State.ENDED),
    ],
)
def test_state_is_where_a_mandate_is_on_that_day(changed, state):
    facts = {
        "approved_at": NOON,
        "accepted_at": NOON,
        "declined_at": None,
        "ended_at": None,
        "from_on": date(2026, 1, 1),
        "until_on": date(2027, 12, 31),
        "on": DAY,
    }

    assert state_of(**facts | changed) is state


CODED = {
    "offer": UUID(int=1),
    "address": "ana@example.org",
    "person": 1,
    "window": 7,
    "key": "secret",
}


def test_code_is_eight_digits_drawn_from_the_key():
    assert code_of(**CODED) == code_of(**CODED)
    assert len(code_of(**CODED)) == 8
    assert code_of(**CODED).isdecimal()


@pytest.mark.parametrize(
    "changed",
    [
        {"offer": UUID(int=2)},
        {"address": "b@example.org"},
        {"person": 2},
        {"window": 8},
        {"key": "other"},
    ],
)
def test_code_is_another_one_for_whatever_it_binds(changed):
    assert code_of(**CODED | changed) != code_of(**CODED)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("12345678", True),
        (" 1234-5678", True),
        ("1234567", False),
        ("", False),
        ("\u0661\u06622345678", False),
    ],
)
def test_is_code_reads_digits(typed, right):
    assert is_code(typed, among=["87654321", "12345678"]) is right


def test_window_lasts_a_quarter_of_an_hour():
    begins = NOON.replace(minute=15)

    windows = [
        window_of(begins + timedelta(minutes=minutes)) for minutes in (-1, 0, 14, 15)
    ]

    assert [one - windows[0] for one in windows] == [0, 1, 1, 2]
