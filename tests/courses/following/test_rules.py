"""Who needs help first, who may be reminded, and when the clock reminds."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.following import rules
from courses.following.rules import Case, Need, Snag, Stage, Step

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)


def case(name="ana", key=1, **facts):
    given_ = {
        "finished": False,
        "can_go_on": True,
        "due_on": None,
        "last_on": TODAY,
        "failed": 0,
    } | facts
    return Case(name=name, key=key, **given_)


days = st.dates(TODAY - 60 * DAY, TODAY + 60 * DAY)
cases = st.builds(
    Case,
    name=st.sampled_from(["ana", "bruno", "carla"]),
    key=st.integers(1, 1000),
    finished=st.booleans(),
    can_go_on=st.booleans(),
    due_on=st.none() | days,
    last_on=st.dates(TODAY - 60 * DAY, TODAY),
    failed=st.integers(0, 3),
)
cohorts = st.lists(cases, unique_by=lambda one: one.key, max_size=12)


def in_order(members):
    return sorted(members, key=lambda one: rules.urgency(one, on=TODAY))


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({}, []),
        ({"due_on": TODAY - DAY}, [Need.LATE]),
        ({"due_on": TODAY}, [Need.DUE_SOON]),
        ({"due_on": TODAY + 7 * DAY}, [Need.DUE_SOON]),
        ({"due_on": TODAY + 8 * DAY}, []),
        ({"last_on": TODAY - 13 * DAY}, []),
        ({"last_on": TODAY - 14 * DAY}, [Need.SILENT]),
        ({"failed": 1}, [Need.FAILED]),
        (
            {"due_on": TODAY - DAY, "last_on": TODAY - 20 * DAY, "failed": 2},
            [Need.LATE, Need.SILENT, Need.FAILED],
        ),
        ({"due_on": TODAY - DAY, "finished": True, "can_go_on": False}, []),
        ({"due_on": TODAY - DAY, "can_go_on": False}, [Need.LATE]),
        ({"last_on": TODAY - 20 * DAY, "can_go_on": False}, []),
    ],
)
def test_needs_are_told_the_most_pressing_first(facts, needs):
    assert rules.needs_of(case(**facts), on=TODAY) == needs


@pytest.mark.parametrize(
    ("needs", "helped"),
    [
        ([], False),
        ([Need.DUE_SOON], False),
        ([Need.SILENT], True),
        ([Need.DUE_SOON, Need.FAILED], True),
    ],
)
def test_a_day_that_comes_near_needs_no_help_alone(needs, helped):
    assert rules.needs_help(needs) is helped


def test_who_needs_help_first_stands_first():
    ordered = [
        case("z", 1, due_on=TODAY - 9 * DAY),
        case("y", 2, due_on=TODAY - DAY, last_on=TODAY - 30 * DAY),
        case("x", 3, last_on=TODAY - 30 * DAY),
        case("w", 4, last_on=TODAY - 20 * DAY, due_on=TODAY + DAY),
        case("v", 5, due_on=TODAY + DAY),
        case("u", 6, due_on=TODAY + 2 * DAY, failed=2),
        case("t", 7, failed=2),
        case("s", 8, failed=1),
        case("a", 9),
        case("b", 10, can_go_on=False),
        case("a", 11, finished=True, can_go_on=False),
        case("a", 12, finished=True, can_go_on=False),
    ]

    assert in_order(reversed(ordered)) == ordered


@given(cohorts)
def test_the_order_is_total_and_does_not_hang_on_the_order_before(members):
    ordered = in_order(members)

    keys = [rules.urgency(one, on=TODAY) for one in ordered]
    assert all(before < after for before, after in pairwise(keys))
    assert in_order(reversed(members)) == ordered == in_order(ordered)


@given(cohorts)
def test_nobody_who_needs_more_stands_below_who_needs_less(members):
    def rank(one):
        needs = rules.needs_of(one, on=TODAY)
        return list(Need).index(needs[0]) if needs else len(Need) + one.finished

    ranks = [rank(one) for one in in_order(members)]

    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"has_something_open": False}, ["nothing-open"]),
        ({"came_back": True}, ["mail-came-back"]),
        ({"reminded_at": NOW - timedelta(hours=48)}, []),
        ({"reminded_at": NOW - timedelta(hours=47, minutes=59)}, ["reminded-lately"]),
        (
            {"has_something_open": False, "came_back": True, "reminded_at": NOW},
            ["nothing-open", "mail-came-back", "reminded-lately"],
        ),
    ],
)
def test_a_refusal_to_remind_says_why(facts, reasons):
    asked = {"has_something_open": True, "came_back": False, "reminded_at": None}

    assert rules.refusals_to_remind(**asked | facts, at=NOW) == reasons


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (8, None),
        (7, Step(7, 2)),
        (5, Step(7, 2)),
        (4, None),
        (2, None),
        (1, Step(1, 1)),
        (0, Step(1, 1)),
        (-1, Step(-1, 2)),
        (-3, Step(-1, 2)),
        (-4, None),
        (-7, Step(-7, 2)),
        (-9, Step(-7, 2)),
        (-10, None),
    ],
)
def test_the_clock_reminds_before_and_after(left, step):
    assert rules.step_of(TODAY + left * DAY, on=TODAY) == step


@pytest.mark.parametrize(
    ("late", "after", "told"),
    [(3, None, False), (2, 3, False), (3, 3, True), (9, 3, True), (0, 0, True)],
)
def test_a_superior_is_told_after_so_many_days(late, after, told):
    day = TODAY - late * DAY

    assert rules.is_to_be_escalated(day, after=after, on=TODAY) is told


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({}, Stage.FRESH),
        ({"begun": 1}, Stage.RUNNING),
        ({"begun": 1, "late": 1}, Stage.LATE),
        ({"late": 1}, Stage.LATE),
        ({"begun": 3, "done": 3}, Stage.FINISHED),
        ({"people": 0}, Stage.FRESH),
        ({"until_on": TODAY - DAY, "late": 1}, Stage.ENDED),
        ({"until_on": TODAY - DAY, "begun": 3, "done": 2}, Stage.ENDED),
        ({"until_on": TODAY - DAY, "people": 0}, Stage.ENDED),
        ({"until_on": TODAY - DAY, "begun": 3, "done": 3}, Stage.FINISHED),
        ({"until_on": TODAY, "begun": 1}, Stage.RUNNING),
        ({"archived": True, "late": 1}, Stage.ARCHIVED),
    ],
)
def test_a_cohort_stands_somewhere(facts, stage):
    known = {
        "archived": False,
        "until_on": TODAY + 90 * DAY,
        "people": 3,
        "done": 0,
        "begun": 0,
        "late": 0,
    }

    assert rules.stage_of(**known | facts, on=TODAY) is stage


def test_cohorts_stand_by_who_needs_their_trainer_first():
    """Late ones, then by the next due day; those not begun, and those over, last."""
    ordered = [
        (Stage.LATE, 2, None),
        (Stage.LATE, 1, TODAY),
        (Stage.RUNNING, 0, TODAY),
        (Stage.RUNNING, 0, TODAY + DAY),
        (Stage.RUNNING, 0, None),
        (Stage.FRESH, 0, TODAY),
        (Stage.ENDED, 3, None),
        (Stage.ENDED, 0, None),
        (Stage.FINISHED, 0, None),
        (Stage.ARCHIVED, 9, None),
    ]

    def key(one):
        return rules.stands_before(one[0], late=one[1], next_due=one[2])

    found = [*ordered[5:], *ordered[:5]]
    assert sorted(found, key=key) == ordered


@pytest.mark.parametrize(
    ("needs", "more", "snags"),
    [
        ([], {}, []),
        ([Need.DUE_SOON], {}, []),
        ([], {"came_back": True}, []),
        ([Need.DUE_SOON], {"came_back": True}, [Snag.MAIL]),
        ([], {"waits_for_approval": True}, [Snag.APPROVAL]),
        (
            [Need.FAILED, Need.SILENT, Need.LATE],
            {"waits_for_approval": True, "came_back": True},
            list(Snag),
        ),
    ],
)
def test_what_keeps_somebody_is_said_with_the_most_pressing_first(needs, more, snags):
    known = {"waits_for_approval": False, "came_back": False}

    assert rules.snags_of(needs, **known | more) == snags


@pytest.mark.parametrize(
    ("day", "goes"), [(1, False), (2, True), (3, True), (4, False)]
)
def test_the_letter_of_the_week_goes_on_its_first_days(day, goes):
    assert rules.is_day_of_the_digest(date(2026, 11, day)) is goes


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 2), "2026-W45"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_has_one_name(day, week):
    assert rules.week_of(day) == week
