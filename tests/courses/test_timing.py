"""When a test with a time limit is over: the edges, to the second."""

from datetime import timedelta

import pytest

from courses import timing
from tests.factories import NOON

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "extra", "expected"),
    [
        (None, 0, None),
        (None, 30, None),
        (40, 0, NOON + 40 * MINUTE),
        (40, 20, NOON + 60 * MINUTE),
    ],
)
def test_a_test_ends_its_minutes_and_the_extra_ones_after_it_began(
    minutes, extra, expected
):
    assert timing.end_of_test(minutes, extra=extra, begins_at=NOON) == expected


@pytest.mark.parametrize(
    ("ends_at", "after", "over", "closed", "counts_at"),
    [
        (None, 999 * MINUTE, False, False, NOON + 999 * MINUTE),
        (NOON, -SECOND, False, False, NOON - SECOND),
        (NOON, 0 * SECOND, False, False, NOON),
        (NOON, SECOND, True, False, NOON),
        (NOON, 60 * SECOND, True, False, NOON),
        (NOON, 61 * SECOND, True, True, NOON),
    ],
)
def test_what_is_sent_in_time_has_a_minute_to_arrive(
    ends_at, after, over, closed, counts_at
):
    at = NOON + after

    assert timing.is_over(ends_at, at=at) is over
    assert timing.is_closed(ends_at, at=at) is closed
    assert timing.handed_in_at(at, ends_at=ends_at) == counts_at


@pytest.mark.parametrize(("seconds", "left"), [(-5, 0), (59, 0), (60, 1), (179, 2)])
def test_minutes_left_are_whole_ones(seconds, left):
    assert timing.minutes_left(NOON + seconds * SECOND, at=NOON) == left
