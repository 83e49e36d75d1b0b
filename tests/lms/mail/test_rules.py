"""Office hours by the calendar of each country, and tries until three days are over."""

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.mail import rules
from lms.people.zones import ZONES

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NAMES = sorted({name for names in ZONES.values() for name in names})
FIRST, LAST = datetime(2026, 1, 1), datetime(2028, 1, 1)


def may_go(moment, zone):
    """Say it as a wall calendar and a wall clock say it."""
    there = moment.astimezone(zone)
    return there.strftime("%a") not in {"Sat", "Sun"} and 7 <= there.hour <= 19


def walked(moment, zone):
    """Return the answer of somebody who looks at the clock every minute."""
    if may_go(moment, zone):
        return moment
    minute = moment.replace(second=0, microsecond=0)
    while minute < moment or not may_go(minute, zone):
        minute += MINUTE
    return minute


def changes_of_clock(name):
    """Return the hours in which the clock changes in the two years: one a day."""
    zone, day, found = ZoneInfo(name), FIRST.replace(tzinfo=UTC), []
    while day < LAST.replace(tzinfo=UTC):
        hours = [day + hour * HOUR for hour in range(25)]
        if _offset(day, zone) != _offset(day + DAY, zone):
            found += [
                after
                for hour, after in pairwise(hours)
                if _offset(hour, zone) != _offset(after, zone)
            ]
        day += DAY
    return found


def _offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


CHANGES = [(name, change) for name in NAMES for change in changes_of_clock(name)]


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    moment=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
)
def test_letters_that_can_wait_go_when_somebody_at_a_clock_would_let_them(name, moment):
    zone = ZoneInfo(name)

    assert rules.not_before(moment, zone=zone) == walked(moment, zone)


@settings(max_examples=300, deadline=None)
@given(
    change=st.sampled_from(CHANGES),
    away=st.timedeltas(min_value=-4 * DAY, max_value=2 * DAY),
)
def test_hours_hold_around_each_change_of_clock(change, away):
    name, moment = change
    zone = ZoneInfo(name)

    assert rules.not_before(moment + away, zone=zone) == walked(moment + away, zone)


def test_clocks_change_in_some_countries_and_not_in_others():
    changing = {name for name, _change in CHANGES}

    assert {"America/Toronto", "America/New_York", "America/Tijuana"} <= changing
    assert not {"America/Guatemala", "America/Mexico_City", "America/Belize"} & changing


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("2026-11-02 06:59:59", "2026-11-02 07:00"),  # a Monday
        ("2026-11-02 07:00", "2026-11-02 07:00"),
        ("2026-11-02 19:59:59", "2026-11-02 19:59:59"),
        ("2026-11-02 20:00", "2026-11-03 07:00"),
        ("2026-11-06 20:00", "2026-11-09 07:00"),
        ("2026-11-07 12:00", "2026-11-09 07:00"),
        ("2026-11-08 23:59", "2026-11-09 07:00"),
    ],
)
def test_hours_are_seven_to_eight_on_working_days(said, goes):
    zone = ZoneInfo("America/Guatemala")
    moment = datetime.fromisoformat(said).replace(tzinfo=zone)

    answer = rules.not_before(moment, zone=zone)

    assert answer == datetime.fromisoformat(goes).replace(tzinfo=zone)


class Jump(tzinfo):
    """A clock that is put on or back at one moment, which no country does at work."""

    def __init__(self, change, *, before, after):
        self.change, self.before, self.after = change, before, after

    def utcoffset(self, when):
        raise NotImplementedError

    def fromutc(self, when):
        put = when.replace(tzinfo=None) >= self.change.replace(tzinfo=None)
        return when + (self.after if put else self.before)


def test_seven_that_does_not_exist_is_the_moment_the_clock_is_put_on():
    half_past_six = datetime(2026, 11, 2, 12, 30, tzinfo=UTC)
    zone = Jump(half_past_six, before=-6 * HOUR, after=-5 * HOUR)  # to half past seven

    assert rules.not_before(half_past_six - 5 * HOUR, zone=zone) == half_past_six


def test_eight_that_comes_twice_closes_twice():
    half_past_eight = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)
    zone = Jump(half_past_eight, before=-6 * HOUR, after=-7 * HOUR)

    answers = [
        rules.not_before(half_past_eight + away * MINUTE, zone=zone)
        for away in (-31, -30, -1, 0, 29, 30)
    ]

    tomorrow = datetime(2026, 11, 3, 14, tzinfo=UTC)
    assert answers == [
        half_past_eight - 31 * MINUTE,  # 19:59, the first
        half_past_eight,
        half_past_eight,
        half_past_eight,  # 19:30 again
        half_past_eight + 29 * MINUTE,  # 19:59, the second
        tomorrow,
    ]


def test_letter_rests_longer_after_each_try_until_three_days_are_over():
    due_at = at = datetime(2026, 11, 2, 18, tzinfo=UTC)
    rests = []
    while again := rules.next_try(tries=len(rests) + 1, due_at=due_at, at=at):
        rests.append((again - at) / MINUTE)
        at = again

    assert rests == [1, 5, 15, 60] + [240] * 17 + [159]
    assert at == due_at + timedelta(hours=72)


def test_letter_whose_first_try_comes_late_has_that_one():
    due_at = datetime(2026, 11, 2, 18, tzinfo=UTC)

    assert rules.next_try(tries=1, due_at=due_at, at=due_at + 4 * DAY) is None


@pytest.mark.parametrize(
    ("code", "said", "for_good"),
    [
        (550, "5.1.1 no such user", True),
        (552, "5.2.2 full", True),
        (554, "no", True),
        (550, "5.7.1 relaying denied", False),
        (451, "4.7.1 greylisted", False),
        (421, "closing", False),
        (599, "", True),
        (600, "", False),
        (500, "", True),
        (499, "", False),
    ],
)
def test_only_refusals_of_the_address_are_for_good(code, said, for_good):
    assert rules.is_for_good(code, said) is for_good


def test_what_runs_out_is_taken_up_no_later_than_that():
    due_at = datetime(2026, 11, 2, 18, tzinfo=UTC)
    until_at = due_at + timedelta(minutes=3)

    def next_try(minutes, tries):
        at = due_at + timedelta(minutes=minutes)
        return rules.next_try(tries=tries, due_at=due_at, at=at, until_at=until_at)

    assert next_try(0, tries=1) == due_at + timedelta(minutes=1)
    assert next_try(1, tries=2) == until_at
    assert next_try(3, tries=3) is None


def test_code_is_of_use_until_the_moment_it_runs_out():
    moment = datetime(2026, 11, 2, 18, tzinfo=UTC)

    assert rules.has_run_out(moment, at=moment)
    assert not rules.has_run_out(moment, at=moment - timedelta(seconds=1))
    assert not rules.has_run_out(None, at=moment)
