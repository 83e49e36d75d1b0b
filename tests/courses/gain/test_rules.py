"""The interval against published examples and by dice; what may be shown."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from courses.gain.rules import (
    Answers,
    Gain,
    gain_of,
    percent,
    released_at,
    share_of,
    shown_of,
    wilson,
)
from lms.thresholds import BEHIND_A_GAIN


def paired(both, only_before, only_after, neither):
    """People with one question each, by when they knew it."""
    return {
        Answers(1, 1, 1): both,
        Answers(1, 1, 0): only_before,
        Answers(1, 0, 1): only_after,
        Answers(1, 0, 0): neither,
    }


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        # Bentur 2009 and Cavo 2012, as worked out by Fagerland, Lydersen and Laake,
        # "Statistical Analysis of Contingency Tables" (2017), chapter 8.
        ((1, 1, 7, 12), 0.026, 0.507),
        ((59, 6, 16, 80), 0.005, 0.119),
        # Altman and others, "Statistics with Confidence" (2000), p. 52; there the
        # difference is before less after.
        ((14, 5, 0, 22), -0.226, -0.011),
    ],
)
def test_with_one_question_each_the_interval_is_newcombes(table, low, high):
    gain = gain_of(paired(*table))

    assert (round(gain.low, 3), round(gain.high, 3)) == (low, high)


def test_score_limits_are_wilsons():
    # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I.
    assert [round(limit, 4) for limit in wilson(81 / 263, 263)] == [0.2553, 0.3662]
    assert [round(limit, 4) for limit in wilson(15 / 148, 148)] == [0.0624, 0.1605]
    assert [round(limit, 4) for limit in wilson(0, 20)] == [0.0, 0.1611]
    assert [round(limit, 4) for limit in wilson(1 / 29, 29)] == [0.0061, 0.1718]


def test_a_gain_of_nobody_is_none():
    assert gain_of({}) is None
    assert share_of(0, 0) is None


def test_everybody_improved_and_still_the_interval_has_a_width():
    gain = gain_of({Answers(1, 0, 1): 12})

    assert (gain.before, gain.after) == (0, 1)
    assert 0.5 < gain.low < 0.7
    assert gain.high == 1


def test_each_person_counts_once_however_many_questions_they_had():
    gain = gain_of({Answers(1, 0, 1): 10, Answers(4, 4, 4): 10})

    assert (gain.people, gain.before, gain.after) == (20, 0.5, 1.0)


def test_answers_that_always_agree_are_worth_one_each():
    one = gain_of(paired(5, 2, 9, 4))
    three = gain_of(
        {Answers(3, 3 * a.before, 3 * a.after): k for a, k in _items(one=1)}
    )

    assert (three.low, three.high) == pytest.approx((one.low, one.high))


def _items(*, one):
    return paired(5 * one, 2 * one, 9 * one, 4 * one).items()


def test_more_questions_make_the_interval_narrower_up_to_their_number():
    alike = gain_of({Answers(2, 1, 1): 20})
    forty = wilson(0.5, 40)

    assert alike.high - alike.low == pytest.approx((forty[1] - forty[0]) * 2**0.5)


def drawn(dice: Random, people: int, asked: int, *, before: float, after: float):
    """People whose answers hang together, in a test and from one test to the other."""
    found: Counter[Answers] = Counter()
    for _ in range(people):
        able = dice.random()
        later = able if dice.random() < 0.5 else dice.random()
        right = [
            sum((a if dice.random() < 0.6 else dice.random()) < b for _ in range(asked))
            for a, b in ((able, before), (later, after))
        ]
        found[Answers(asked, *right)] += 1
    return found


@pytest.mark.parametrize(
    ("people", "asked", "before", "after"),
    [(10, 1, 0.5, 0.8), (20, 2, 0.2, 0.9), (20, 4, 0.6, 0.98), (60, 2, 0.4, 0.4)],
)
def test_of_a_thousand_intervals_by_dice_95_percent_hold_the_truth(
    people, asked, before, after
):
    dice, held = Random(7), 0
    for _ in range(1000):
        gain = gain_of(drawn(dice, people, asked, before=before, after=after))
        held += gain.low <= after - before <= gain.high

    assert 930 <= held <= 985


def test_a_negative_correlation_makes_the_interval_wider():
    against = gain_of(paired(0, 10, 10, 0))
    none = gain_of(paired(5, 5, 5, 5))

    assert (against.before, against.after) == (none.before, none.after) == (0.5, 0.5)
    assert against.low < none.low
    assert against.high > none.high


def test_what_is_read_adds_up():
    gain = Gain(20, before=0.504, after=0.806, low=0.1, high=0.303)

    assert gain.percents == (50, 81, 31, 10, 31)
    assert [percent(share) for share in (0.005, 0.0049, -0.105, 1.0)] == [
        1,
        0,
        -10,
        100,
    ]


@pytest.mark.parametrize(
    ("right", "people", "low", "shown"), [(6, 10, False, 60), (599, 1000, True, 59)]
)
def test_a_question_below_sixty_percent_is_never_shown_as_sixty(
    right, people, low, shown
):
    share = share_of(right, people)

    assert (share.is_low, share.percents[0]) == (low, shown)
    assert share.percents[1] <= shown <= share.percents[2]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({}, set()),
        ({"a": 10}, {"a"}),
        ({"a": 9}, set()),
        ({"a": 30, "b": 10, "c": 12}, {"a", "b", "c"}),
        ({"a": 30, "b": 11, "c": 4}, {"a"}),  # b is hidden beside c
        ({"a": 30, "b": 11, "c": 4, "d": 6}, {"a", "b"}),  # ten remain
        ({"a": 12, "b": 1}, set()),
        ({"a": 12, "b": 12, "c": 1}, {"b"}),  # of two as small, the first
    ],
)
def test_nothing_is_shown_from_which_a_small_group_could_be_reckoned(people, shown):
    assert shown_of(people) == shown


def test_what_remains_of_all_is_never_a_small_group():
    dice = Random(3)
    for _ in range(2000):
        people = {key: dice.randint(1, 40) for key in "abcd"}
        shown = shown_of(people)
        rest = sum(people.values()) - sum(people[key] for key in shown)

        assert all(people[key] >= BEHIND_A_GAIN for key in shown)
        assert rest == 0 or rest >= BEHIND_A_GAIN or not shown


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 2, tzinfo=UTC),
        datetime(2026, 11, 2, 18, tzinfo=UTC),
        datetime(2026, 11, 8, 23, 59, tzinfo=UTC),
        datetime(2026, 11, 8, 18, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_figures_are_released_on_mondays(at):
    assert released_at(at) == datetime(2026, 11, 2, tzinfo=UTC)
