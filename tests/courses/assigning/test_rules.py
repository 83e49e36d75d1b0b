"""When an assignment is due and what it waits for: no database here."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assigning import rules
from courses.assigning.rules import Dates, State, Superior
from lms.models import CohortMember
from lms.people.zones import ZONES

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ALL_ZONES = [ZoneInfo(name) for names in ZONES.values() for name in names]
GUATEMALA = ZoneInfo("America/Guatemala")
NOVEMBER = date(2026, 11, 30)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
zones = st.sampled_from(ALL_ZONES)


@pytest.mark.parametrize(
    ("given_days", "expected"),
    [
        ({}, None),
        ({"due_on": NOVEMBER}, NOVEMBER),
        ({"due_on": NOVEMBER, "excepted": NOVEMBER + DAY}, NOVEMBER + DAY),
        ({"due_on": NOVEMBER, "excepted": NOVEMBER - DAY}, NOVEMBER - DAY),
        ({"due_after_days": 0}, date(2026, 11, 2)),
        ({"due_after_days": 30}, date(2026, 12, 2)),
        ({"due_after_days": 30, "joined_on": date(2026, 11, 9)}, date(2026, 12, 9)),
        ({"due_after_days": 30, "joined_on": date(2026, 1, 1)}, date(2026, 12, 2)),
        ({"due_after_days": 30, "excepted": NOVEMBER}, NOVEMBER),
        ({"excepted": NOVEMBER}, NOVEMBER),
    ],
)
def test_due_day_is_the_exception_then_the_day_for_all_then_so_many_days(
    given_days, expected
):
    facts = {
        "due_on": None,
        "due_after_days": None,
        "excepted": None,
        "joined_on": date(2026, 11, 1),
        "assigned_on": date(2026, 11, 2),
    }

    assert rules.due_day(**facts | given_days) == expected


@given(joined=days, assigned=days, count=st.integers(0, rules.MOST_DAYS))
def test_due_day_is_counted_on_a_plain_calendar(joined, assigned, count):
    expected = joined if joined > assigned else assigned
    for _ in range(count):
        expected += DAY

    assert (
        rules.due_day(
            due_on=None,
            due_after_days=count,
            excepted=None,
            joined_on=joined,
            assigned_on=assigned,
        )
        == expected
    )


@given(
    moment=st.datetimes(
        datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)
    ),
    days_later=st.integers(-2, 2),
    zone=zones,
    count=st.integers(0, rules.MOST_DAYS),
)
def test_days_since_somebody_joined_are_those_of_the_wall_calendar(
    moment, days_later, zone, count
):
    """Whatever day it was on the site, and wherever the cohort is."""
    row = CohortMember(from_on=moment.date() + days_later * DAY, joined_at=moment)
    expected = clock_reads(moment, zone)
    for _ in range(count):
        expected += DAY

    due = rules.due_day(
        due_on=None,
        due_after_days=count,
        excepted=None,
        joined_on=row.joined_on(zone),
        assigned_on=date(2020, 1, 1),
    )

    assert due == expected


@given(from_on=days, zone=zones)
def test_whoever_was_entered_for_a_day_joined_on_it(from_on, zone):
    assert CohortMember(from_on=from_on).joined_on(zone) == from_on


def clock_reads(moment: datetime, zone: ZoneInfo) -> date:
    """Return what a calendar on a wall shows at that moment."""
    return (moment.astimezone(UTC) + moment.astimezone(zone).utcoffset()).date()


@pytest.mark.parametrize("zone", ALL_ZONES, ids=str)
def test_the_due_moment_is_the_end_of_each_day_of_two_years(zone):
    """Each day, so that both changes of the clock are among them."""
    for number in range(2 * 365):
        day = date(2026, 1, 1) + number * DAY
        moment = rules.due_moment(day, zone=zone)

        assert clock_reads(moment, zone) == day + DAY
        assert clock_reads(moment - timedelta(microseconds=1), zone) == day
        assert rules.is_late(day, zone=zone, at=moment)


@given(due=days, zone=zones, minutes=st.integers(-3 * 1440, 3 * 1440))
def test_what_is_due_is_late_once_the_wall_calendar_shows_a_later_day(
    due, zone, minutes
):
    at = datetime(due.year, due.month, due.day, tzinfo=UTC) + minutes * MINUTE

    late = rules.is_late(due, zone=zone, at=at)

    assert late is (clock_reads(at, zone) > due)


def test_what_is_due_on_no_day_is_never_late():
    assert not rules.is_late(None, zone=GUATEMALA, at=datetime.max.replace(tzinfo=UTC))


def state(**facts) -> State:
    return rules.state_of(
        **{
            "done": False,
            "begun": False,
            "opens_on": None,
            "due_on": None,
            "waits_for_course": False,
            "waits_for_superior": False,
            "zone": GUATEMALA,
            "at": datetime(2026, 11, 20, 18, tzinfo=UTC),
        }
        | facts
    )


TODAY = date(2026, 11, 20)
ALL_WAITS = {
    "opens_on": TODAY + DAY,
    "waits_for_course": True,
    "waits_for_superior": True,
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, State.OPEN),
        ({"opens_on": TODAY}, State.OPEN),
        ({"due_on": TODAY + 8 * DAY}, State.OPEN),
        ({"due_on": TODAY + 7 * DAY}, State.DUE_SOON),
        ({"due_on": TODAY}, State.DUE_SOON),
        ({"due_on": TODAY - DAY}, State.LATE),
        (ALL_WAITS, State.NOT_OPEN_YET),
        (ALL_WAITS | {"opens_on": TODAY}, State.WAITS_FOR_COURSE),
        (ALL_WAITS | {"opens_on": None}, State.WAITS_FOR_COURSE),
        ({"waits_for_superior": True}, State.WAITS_FOR_SUPERIOR),
        ({"waits_for_superior": True, "due_on": TODAY - DAY}, State.WAITS_FOR_SUPERIOR),
        (ALL_WAITS | {"begun": True}, State.OPEN),
        (ALL_WAITS | {"begun": True, "due_on": TODAY - DAY}, State.LATE),
        (ALL_WAITS | {"done": True, "due_on": TODAY - DAY}, State.DONE),
    ],
)
def test_state_says_first_what_hinders(facts, expected):
    assert state(**facts) is expected


def test_a_day_begins_in_the_zone_of_the_cohort():
    opens = {"opens_on": TODAY, "at": datetime(2026, 11, 20, 7, 30, tzinfo=UTC)}

    assert state(**opens, zone=GUATEMALA) is State.OPEN
    assert state(**opens, zone=ZoneInfo("America/Tijuana")) is State.NOT_OPEN_YET


@pytest.mark.parametrize(
    ("facts", "needed"),
    [
        ({}, True),
        ({"asks": False}, False),
        ({"approved": True}, False),
        ({"spared": True}, False),
    ],
)
def test_a_superior_is_needed_where_asked_for_and_nobody_is_spared(facts, needed):
    asked = {"asks": True, "spared": False, "approved": False}

    assert rules.needs_superior(**asked | facts) is needed


@pytest.mark.parametrize(
    ("shielded", "by_oneself_on", "spared"),
    [
        (False, None, False),
        (True, None, True),
        (True, TODAY - DAY, True),
        (True, TODAY, False),
        (True, TODAY + DAY, False),
    ],
)
def test_ones_own_shield_spares_what_is_assigned_later(shielded, by_oneself_on, spared):
    facts = {"by_oneself_on": by_oneself_on, "assigned_on": TODAY}

    assert rules.is_spared(shielded=shielded, **facts) is spared


@pytest.mark.parametrize(
    ("completed_after", "in_current_run", "counts"),
    [
        (-DAY, True, True),
        (-DAY, False, False),
        (0 * DAY, False, True),
        (DAY, True, True),
    ],
)
def test_done_is_what_was_completed_in_this_run_or_since(
    completed_after, in_current_run, counts
):
    assigned_at = datetime(2026, 11, 2, tzinfo=UTC)

    assert (
        rules.counts_as_done(
            completed_at=assigned_at + completed_after,
            assigned_at=assigned_at,
            in_current_run=in_current_run,
        )
        is counts
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], []),
        ([State.OPEN], []),
        ([State.NOT_OPEN_YET, State.LATE], []),
        ([State.NOT_OPEN_YET], ["not-open-yet"]),
        (
            [State.WAITS_FOR_SUPERIOR, State.WAITS_FOR_COURSE, State.WAITS_FOR_COURSE],
            ["waits-for-course", "waits-for-superior"],
        ),
    ],
)
def test_somebody_waits_only_if_all_their_assignments_do(states, expected):
    assert rules.reasons_to_wait(states) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (Dates(), []),
        (Dates(due_on=TODAY), []),
        (Dates(due_on=NOVEMBER, opens_on=NOVEMBER), []),
        (Dates(due_after_days=3, opens_on=TODAY + 3 * DAY), []),
        (Dates(due_on=TODAY - DAY), ["due-in-the-past"]),
        (Dates(due_on=NOVEMBER + DAY), ["due-after-the-cohort"]),
        (Dates(due_on=TODAY, opens_on=TODAY + DAY), ["due-before-it-opens"]),
        (Dates(due_after_days=3, opens_on=TODAY + 4 * DAY), ["due-before-it-opens"]),
        (Dates(due_after_days=0, opens_on=TODAY + DAY), ["due-before-it-opens"]),
        (Dates(due_on=TODAY, due_after_days=3), ["due-in-two-ways"]),
        (Dates(opens_on=NOVEMBER + DAY), ["opens-after-the-cohort"]),
    ],
)
def test_dates_are_refused_with_their_reasons(dates, expected):
    refusals = rules.refusals_of_dates(
        dates, assigned_on=TODAY, last_day=NOVEMBER, today=TODAY, new_due=True
    )

    assert refusals == expected


def test_a_due_day_that_has_passed_may_stay():
    dates = Dates(due_on=TODAY - DAY)

    assert not rules.refusals_of_dates(
        dates, assigned_on=TODAY, last_day=NOVEMBER, today=TODAY, new_due=False
    )


@pytest.mark.parametrize(
    ("order", "after", "breaks"),
    [
        ([A, B, C], {}, False),
        ([A, B, C], {A: None, B: A, C: B}, False),
        ([B, A, C], {B: A}, True),
        ([A, B, C], {A: A}, True),
        ([A, B], {B: C}, False),
        ([A, B], {C: B}, False),
    ],
)
def test_an_assignment_stands_after_the_one_it_waits_for(order, after, breaks):
    assert rules.breaks_the_order(order, after) is breaks


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"due_on": None, "extra_attempts": 1}, []),
        ({"due_on": NOVEMBER + 30 * DAY}, []),
        ({"due_on": TODAY}, []),
        ({"due_on": NOVEMBER + 31 * DAY}, ["due-too-late"]),
        ({"due_on": TODAY - DAY}, ["due-in-the-past"]),
        ({"due_on": None}, ["nothing-different"]),
        ({"is_member": False}, ["not-a-member"]),
        ({"own": True}, ["own-exception"]),
        ({"extra_attempts": 6}, ["too-many-attempts"]),
        ({"extra_attempts": -1}, ["too-many-attempts"]),
        ({"extra_attempts": 5}, []),
        ({"due_on": None, "extra_minutes": 1}, []),
        ({"extra_minutes": 480}, []),
        ({"extra_minutes": 481}, ["too-many-minutes"]),
        ({"extra_minutes": -1}, ["too-many-minutes"]),
        ({"opens_on": NOVEMBER}, []),
        ({"opens_on": NOVEMBER + DAY}, ["due-before-it-opens"]),
    ],
)
def test_exceptions_are_refused_with_their_reasons(facts, expected):
    asked = {
        "own": False,
        "is_member": True,
        "opens_on": None,
        "due_on": NOVEMBER,
        "extra_attempts": 0,
        "extra_minutes": 0,
    }

    assert (
        rules.refusals_to_except(**asked | facts, last_day=NOVEMBER, today=TODAY)
        == expected
    )


def test_a_superior_who_said_no_is_not_asked_again_the_same_day():
    refused_at = datetime(2026, 11, 2, tzinfo=UTC)

    assert rules.may_ask_again(refused_at=None, at=refused_at)
    assert not rules.may_ask_again(refused_at=refused_at, at=refused_at + 23 * HOUR)
    assert rules.may_ask_again(refused_at=refused_at, at=refused_at + DAY)


def test_a_token_is_another_one_for_each_purpose_thing_counter_and_key():
    tokens = {
        rules.token_of("a", A, key="k"),
        rules.token_of("b", A, key="k"),
        rules.token_of("a", B, key="k"),
        rules.token_of("a", A, key="l"),
        rules.token_of("a", A, key="k", counter=1),
    }

    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {64}
    assert rules.token_of("a", A, key="k") in tokens


def test_what_is_stored_of_a_token_is_not_the_token():
    assert rules.token_hash("a") == (
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    )


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({"named": False, "asked": False}, Superior.UNNAMED),
        ({"confirmed": False, "asked": False}, Superior.UNCONFIRMED),
        ({"asked": False}, Superior.NOT_ASKED),
        ({}, Superior.ASKED),
        ({"in_time": False}, Superior.UNANSWERED),
        ({"refused": True}, Superior.REFUSED),
        ({"shielded": True}, Superior.SHIELDED),
    ],
)
def test_who_must_act_for_the_word_of_a_superior(facts, step):
    asked = {
        "shielded": False,
        "named": True,
        "confirmed": True,
        "refused": False,
        "asked": True,
        "in_time": True,
    }

    assert rules.superior_of(**asked | facts) is step
