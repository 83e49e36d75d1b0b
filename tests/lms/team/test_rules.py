"""How long a cohort may last, who fits a rule, and who was asked already."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from lms.team import rules
from lms.team.rules import Post

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("from_on", "until_on", "reasons"),
    [
        (TODAY, TODAY, []),
        (TODAY - 30 * DAY, TODAY, []),
        (TODAY, date(2029, 11, 26), []),
        (TODAY, date(2029, 11, 27), ["too-long"]),
        (TODAY, TODAY - DAY, ["ends-before-it-begins"]),
        (TODAY - 2 * DAY, TODAY - DAY, ["over-already"]),
        (date(2028, 11, 26), date(2028, 12, 1), []),
        (date(2028, 11, 27), date(2028, 12, 1), ["begins-too-late"]),
        (date.max, date.max, ["begins-too-late"]),
        (date.min, date.max, ["too-long"]),
    ],
)
def test_cohort_has_a_few_years_that_are_not_over(from_on, until_on, reasons):
    assert (
        rules.cohort_refusals(from_on=from_on, until_on=until_on, on=TODAY) == reasons
    )


def test_cohort_is_formed_where_one_trains():
    refused = rules.cohort_refusals(
        from_on=TODAY, until_on=TODAY, on=TODAY, theirs=False
    )

    assert refused == ["not-your-country"]


BEGUN = (TODAY - 10 * DAY, TODAY + 10 * DAY)
OVER = (TODAY - 10 * DAY, TODAY - DAY)
TO_COME = (TODAY + DAY, TODAY + 10 * DAY)


@pytest.mark.parametrize(
    ("was", "now", "members", "reasons"),
    [
        (BEGUN, BEGUN, True, []),
        (BEGUN, (TODAY, TODAY), True, []),
        (BEGUN, (BEGUN[0] - DAY, BEGUN[1]), True, []),
        (BEGUN, (TODAY + DAY, BEGUN[1]), True, ["has-begun"]),
        (BEGUN, (TODAY + DAY, BEGUN[1]), False, []),
        (BEGUN, (BEGUN[0], TODAY - DAY), True, ["over-already"]),
        (OVER, OVER, True, []),
        (OVER, (OVER[0], TODAY - 2 * DAY), True, ["over-already"]),
        (OVER, (OVER[0], TODAY), True, []),
        (TO_COME, (TODAY + 2 * DAY, TO_COME[1]), True, []),
    ],
)
def test_days_of_a_cohort_move_while_nothing_is_undone(was, now, members, reasons):
    refused = rules.cohort_refusals(
        from_on=now[0], until_on=now[1], on=TODAY, was=was, has_members=members
    )

    assert refused == reasons


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 3, 1), date(2028, 3, 1)),
    ],
)
def test_years_after_a_leap_day_end_on_the_last_of_february(day, later):
    assert rules.years_after(day, 3) == later


def test_what_ends_today_had_its_last_day_yesterday():
    assert rules.last_day_of(TODAY) == TODAY - DAY


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"names_something": False}, ["rule-names-nothing"]),
        ({"in_country": False}, ["foreign-institution"]),
        ({"standing": rules.MOST_RULES - 1}, []),
        ({"standing": rules.MOST_RULES}, ["too-many-rules"]),
    ],
)
def test_rule_names_somebody_of_the_country(facts, reasons):
    usual = {"names_something": True, "in_country": True, "standing": 0}

    assert rules.rule_refusals(**usual | facts) == reasons


POST = Post("GT", 7, 5, "judge", TODAY, None)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, True),
        ({"institution": 7}, True),
        ({"institution": 5}, True),
        ({"institution": 6}, False),
        ({"track": "judge"}, True),
        ({"track": "opi"}, False),
        ({"institution": 7, "track": "opi"}, False),
        ({"country": "HN"}, False),
        ({"on": TODAY - DAY}, False),
    ],
)
def test_post_fits_by_country_institution_and_profession(wanted, fits):
    usual = {"country": "GT", "institution": None, "track": "", "on": TODAY}

    assert rules.fits(POST, **usual | wanted) is fits


@pytest.mark.parametrize(("people", "said"), [(0, False), (4, False), (5, True)])
def test_few_people_are_not_counted(people, said):
    assert rules.countable(people) is said


def test_token_is_not_what_is_stored():
    token = rules.invitation_token(UUID(int=1), key="k")

    assert token != rules.invitation_token(UUID(int=2), key="k")
    assert rules.token_hash(token) != token
