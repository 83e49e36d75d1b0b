"""When a certificate counts for a post, and what follows for the post."""

from datetime import date, timedelta

import pytest

from certificates.coverage.rules import (
    FOR_GOOD,
    Award,
    Holder,
    State,
    covered_until,
    earliest_issue,
    last_day,
    percent,
    state,
)
from certificates.rules import months_after
from lms.thresholds import SOON

ON = date(2026, 11, 2)
ISSUED = date(2026, 1, 31)


def award(**facts):
    return Award(
        **{"issued_on": ISSUED, "valid_until": None, "track": "judge", "stands": True}
        | facts
    )


@pytest.mark.parametrize(
    ("facts", "track", "cadence", "day"),
    [
        ({}, "", None, FOR_GOOD),
        ({"valid_until": date(2027, 1, 1)}, "", None, date(2027, 1, 1)),
        ({"valid_until": date(2027, 1, 1)}, "", 6, date(2026, 7, 31)),
        ({"valid_until": date(2026, 6, 1)}, "", 6, date(2026, 6, 1)),
        ({}, "", 1, date(2026, 2, 28)),
        ({}, "judge", None, FOR_GOOD),
        ({}, "opi", None, None),
        ({"stands": False}, "", None, None),
    ],
)
def test_a_certificate_counts_until_the_earlier_of_its_end_and_the_cadence(
    facts, track, cadence, day
):
    assert last_day(award(**facts), track=track, cadence=cadence) == day


@pytest.mark.parametrize("months", [1, 2, 11, 12, 13, 120])
def test_the_earliest_day_of_issue_is_where_the_months_begin_to_reach(months):
    for number in range(3 * 366):
        on = date(2027, 1, 1) + timedelta(days=number)
        earliest = earliest_issue(on, months=months)

        assert months_after(earliest, months) >= on
        assert months_after(earliest - timedelta(days=1), months) < on


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (date(2026, 11, 2), 12, date(2025, 11, 2)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_the_earliest_day_of_issue_by_examples(on, months, day):
    assert earliest_issue(on, months=months) == day


@pytest.mark.parametrize(
    ("holders", "day"),
    [
        ([], None),
        ([Holder(None)], None),
        ([Holder(None, (award(),))], FOR_GOOD),
        ([Holder(date(2026, 12, 1), (award(),))], date(2026, 12, 1)),
        ([Holder(None, (award(issued_on=ON + timedelta(days=1)),))], None),
        ([Holder(None, (award(valid_until=ON - timedelta(days=1)),))], None),
        (
            [
                Holder(None, (award(valid_until=ON),)),
                Holder(None, (award(track="opi", valid_until=date(2027, 5, 1)),)),
            ],
            date(2027, 5, 1),
        ),
    ],
)
def test_a_post_is_covered_as_long_as_its_last_certified_holder(holders, day):
    assert covered_until(holders, track="", cadence=None, on=ON) == day


@pytest.mark.parametrize(
    ("named", "until", "expected"),
    [
        (False, None, State.UNNAMED),
        (True, None, State.GAP),
        (True, ON, State.LAPSING),
        (True, ON + SOON - timedelta(days=1), State.LAPSING),
        (True, ON + SOON, State.COVERED),
    ],
)
def test_the_state_of_a_post(named, until, expected):
    assert state(named=named, until=until, on=ON) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, 0), (34, 52, 65), (999, 1000, 99), (1, 1, 100), (1, 200, 1)],
)
def test_percent_is_whole_only_when_nothing_is_missing(part, whole, expected):
    assert percent(part, whole) == expected
