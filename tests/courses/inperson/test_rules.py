"""When a workshop may be held so, a place is to be had, a code counts."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from courses.inperson import rules
from tests.factories import NOON

ROOM = UUID("00000000-0000-4000-8000-00000000d0d0")
OTHER = UUID("00000000-0000-4000-8000-00000000d0d1")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"capacity": 2}, ["too-few-places"]),
        ({"minutes": 240}, []),
        ({"minutes": 241}, ["counts-more-than-it-lasts"]),
        ({"ends_at": NOON}, ["ends-before-it-begins"]),
        ({"first_on": date(2026, 11, 3)}, ["outside-the-cohort"]),
        ({"last_on": date(2026, 11, 1)}, ["outside-the-cohort"]),
        ({"first_on": date(2026, 11, 2), "last_on": date(2026, 11, 2)}, []),
    ],
)
def test_workshop_lies_in_its_cohort_and_counts_no_more_than_it_lasts(facts, reasons):
    plan = {
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=4),
        "minutes": 180,
        "capacity": 3,
        "first_on": date(2026, 1, 1),
        "last_on": date(2026, 12, 31),
    }

    assert rules.workshop_refusals(**(plan | facts)) == reasons


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"cancelled": True}, ["cancelled"]),
        ({"fewer_places": True}, ["places-stand"]),
        ({"hours_change": True}, ["hours-stand"]),
        ({"hours_change": True, "starts_at": NOON + 31 * MINUTE}, []),
        ({"hours_change": True, "fewer_places": True}, ["hours-stand", "places-stand"]),
    ],
)
def test_what_was_credited_and_taken_stands(facts, reasons):
    change = {
        "cancelled": False,
        "hours_change": False,
        "fewer_places": False,
        "starts_at": NOON + 30 * MINUTE,
        "at": NOON,
    }

    assert rules.change_refusals(**(change | facts)) == reasons


@pytest.mark.parametrize(
    ("cancelled", "starts_at", "full", "reasons"),
    [
        (False, NOON + MINUTE, False, []),
        (True, NOON + MINUTE, False, ["cancelled"]),
        (False, NOON, False, ["begun"]),
        (False, NOON + MINUTE, True, ["full"]),
        (True, NOON, True, ["cancelled", "begun", "full"]),
    ],
)
def test_place_is_to_be_had_before_it_begins(cancelled, starts_at, full, reasons):
    found = rules.place_refusals(
        cancelled=cancelled, starts_at=starts_at, full=full, at=NOON
    )

    assert found == reasons


@pytest.mark.parametrize(
    ("cancelled", "begins_in", "reasons"),
    [
        (False, 30, []),
        (False, 31, ["not-yet"]),
        (False, -9999, []),
        (True, 0, ["cancelled"]),
    ],
)
def test_people_are_marked_from_half_an_hour_before(cancelled, begins_in, reasons):
    found = rules.mark_refusals(
        cancelled=cancelled, starts_at=NOON + begins_in * MINUTE, at=NOON
    )

    assert found == reasons


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"own": True}, ["own-presence"]),
        ({"elsewhere": True}, ["was-elsewhere"]),
        ({"own": True, "elsewhere": True}, ["own-presence", "was-elsewhere"]),
    ],
)
def test_nobody_is_marked_by_themselves_or_in_two_rooms(facts, reasons):
    found = rules.mark_refusals(cancelled=False, starts_at=NOON, at=NOON, **facts)

    assert found == reasons


@pytest.mark.parametrize(
    ("hours", "minutes", "reasons"),
    [
        (10, 600, []),
        (11, 660, []),
        (100, 6000, ["counts-more-than-its-days"]),
        (100, 3600, []),
        (100, 3601, ["counts-more-than-its-days"]),
    ],
)
def test_a_workshop_counts_no_more_than_its_days_have(hours, minutes, reasons):
    """A hundred hours from noon touch five days."""
    found = rules.workshop_refusals(
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=hours),
        minutes=minutes,
        capacity=rules.LEAST_PLACES,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
    )

    assert found == reasons


@pytest.mark.parametrize(
    ("minutes", "counts"),
    [(-31, False), (-30, True), (0, True), (270, True), (271, False)],
)
def test_code_counts_half_an_hour_around_the_workshop(minutes, counts):
    found = rules.takes_codes(
        starts_at=NOON, ends_at=NOON + timedelta(hours=4), at=NOON + minutes * MINUTE
    )

    assert found is counts


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(-1, False), (0, True), (59, True), (119, True), (120, False)],
)
def test_code_counts_in_its_window_and_the_next(seconds, counts):
    code = rules.room_code(ROOM, window=rules.window_of(NOON), key="k")

    at = NOON + timedelta(seconds=seconds)

    assert rules.is_room_code(code, workshop=ROOM, at=at, key="k") is counts


def test_code_is_six_digits_of_one_room_one_window_and_one_key():
    window = rules.window_of(NOON)
    code = rules.room_code(ROOM, window=window, key="k")

    assert len(code) == 6
    assert code.isdigit()
    others = {
        rules.room_code(OTHER, window=window, key="k"),
        rules.room_code(ROOM, window=window + 1, key="k"),
        rules.room_code(ROOM, window=window, key="l"),
    }
    assert code not in others
    assert len(others) == 3


def test_spaces_in_a_code_do_not_count():
    code = rules.room_code(ROOM, window=rules.window_of(NOON), key="k")

    typed = f" {code[:3]} {code[3:]}"

    assert rules.is_room_code(typed, workshop=ROOM, at=NOON, key="k")
    assert not rules.is_room_code("\uff11\uff12\uff13", workshop=ROOM, at=NOON, key="k")


@pytest.mark.parametrize(("second", "left"), [(0, 60), (1, 59), (59, 1)])
def test_next_code_comes_with_the_minute(second, left):
    assert rules.seconds_left(NOON.replace(second=second)) == left


@pytest.mark.parametrize(
    ("text", "names"), [("Taller, sala 2", False), ("eva@example.org", True)]
)
def test_public_texts_hold_no_address(text, names):
    assert rules.names_an_address(text) is names
