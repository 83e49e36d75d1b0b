"""Tries, rests and due times."""

from datetime import timedelta

import pytest

from lms.queue import rules

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("tries", "seconds"), [(1, 10), (2, 40), (3, 160), (4, 640)])
def test_delay_is_four_times_longer_after_each_try(tries, seconds):
    assert rules.delay(tries, first=10 * SECOND) == seconds * SECOND


@pytest.mark.parametrize(
    ("tries", "gave_up", "dead"),
    [(1, False, False), (4, False, False), (5, False, True), (1, True, True)],
)
def test_task_is_a_dead_letter_after_five_tries_or_when_it_gave_up(
    tries, gave_up, dead
):
    assert rules.is_dead_letter(tries=tries, gave_up=gave_up) is dead


@pytest.mark.parametrize(
    ("started", "seen", "orphan"),
    [
        (100, 5, False),
        (100, 44, False),
        (100, 45, True),
        (44, None, False),
        (45, None, True),
        (44, 100, False),
        (-44, None, False),
        (-45, None, True),
        (-100, -100, True),
        (-100, 44, False),
        (100, -45, True),
    ],
)
def test_task_is_an_orphan_when_start_and_life_sign_are_both_old(
    at, started, seen, orphan
):
    seen_at = None if seen is None else at - seen * SECOND

    answer = rules.is_orphan(
        started_at=at - started * SECOND, seen_at=seen_at, at=at, after=45 * SECOND
    )

    assert answer is orphan


@pytest.mark.parametrize(("ahead", "too_far"), [(60, False), (61, True), (-5, False)])
def test_due_time_further_ahead_than_its_period_is_too_far(at, ahead, too_far):
    due_at = at + ahead * SECOND

    assert rules.is_too_far(due_at, every=60 * SECOND, at=at) is too_far


@pytest.mark.parametrize(
    ("late", "next_in"),
    [(0, 60), (5, 55), (60, 60), (601, 59), (-31_536_005, 5), (-120, 60)],
)
def test_next_due_time_keeps_step_and_skips_what_was_missed(at, late, next_in):
    due = rules.next_due(at - late * SECOND, every=60 * SECOND, at=at)

    assert due == at + next_in * SECOND
