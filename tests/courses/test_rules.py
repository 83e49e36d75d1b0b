"""Passing, completing, trying again, seeing feedback: no database here."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import rules
from courses.rules import Allowance, Asked, Grade, State

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
START = datetime(2026, 11, 1, tzinfo=UTC)
LESSON, TEST, EXTRA = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(("points", "passed"), [(7, False), (8, True), (10, True)])
def test_grade_passes_at_the_mark_and_above(points, passed):
    assert Grade(points=points, out_of=10, pass_mark=80).passed is passed


def test_grade_of_nothing_does_not_pass():
    assert Grade(points=0, out_of=0, pass_mark=80).passed is False


@given(out_of=st.integers(1, 60), pass_mark=st.integers(1, 100))
def test_grade_points_to_pass_is_the_least_that_passes(out_of, pass_mark):
    least = Grade(points=0, out_of=out_of, pass_mark=pass_mark).points_to_pass

    assert Grade(points=least, out_of=out_of, pass_mark=pass_mark).passed
    assert not Grade(points=least - 1, out_of=out_of, pass_mark=pass_mark).passed


MODULES = {key: UUID(int=key % 3) for key in range(12)}


@given(st.integers(0, 12), st.sets(st.integers(0, 11), max_size=4), st.randoms())
def test_drawn_asks_what_it_must_and_from_every_module_alike(number, always, chance):
    drawn = rules.drawn(MODULES, always=always, number=number, chance=chance)

    assert len(drawn) == len(set(drawn)) == number
    assert always <= set(drawn) or set(drawn) <= always
    others = Counter(MODULES[key] for key in drawn)
    forced = Counter(MODULES[key] for key in always)
    if number >= len(always) and len(others) == 3:
        fewest = min(others.values())
        assert all(n <= max(fewest + 1, forced[m]) for m, n in others.items())


@given(st.integers(0, 12), st.sets(st.integers(0, 11)), st.randoms())
def test_drawn_asks_what_was_seen_only_when_nothing_else_is_left(number, seen, chance):
    drawn = rules.drawn(MODULES, always=[], number=number, chance=chance, seen=seen)

    again = seen & set(drawn)
    assert not again or len(MODULES.keys() - seen) + len(again) == number
    others = Counter(MODULES[key] for key in drawn if key not in seen)
    left = Counter(MODULES[key] for key in MODULES.keys() - seen - set(drawn))
    assert all(n >= max(others.values()) - 1 for m, n in others.items() if left[m])


def test_drawn_differs_from_one_chance_to_another():
    asked = [
        rules.drawn(MODULES, always=[0], number=6, chance=Random(seed))
        for seed in range(9)
    ]

    assert len({tuple(one) for one in asked}) > 1
    assert len({frozenset(one) for one in asked}) > 1


def left(days_taken, *, on_day, extra=0):
    return rules.attempts_left(
        [START + day * DAY for day in days_taken],
        allowed=3,
        extra=extra,
        wait=WEEK,
        at=START + on_day * DAY,
    )


@pytest.mark.parametrize(
    ("days_taken", "on_day", "expected"),
    [
        ([], 0, Allowance(3)),
        ([0], 1, Allowance(2)),
        ([0, 1], 400, Allowance(1)),
        ([0, 1, 2], 3, Allowance(0, next_at=START + 9 * DAY)),
        ([0, 1, 2], 8.99, Allowance(0, next_at=START + 9 * DAY)),
        ([0, 1, 2], 9, Allowance(3)),
        ([0, 1, 2, 9], 9, Allowance(2)),
        ([0, 1, 2, 9, 10, 11], 12, Allowance(0, next_at=START + 18 * DAY)),
    ],
)
def test_attempts_left_come_back_as_a_set_a_week_after_the_last(
    days_taken, on_day, expected
):
    assert left(days_taken, on_day=on_day) == expected


@pytest.mark.parametrize(
    ("days_taken", "on_day", "expected"),
    [
        ([], 0, Allowance(5)),
        ([0, 1], 2, Allowance(3)),
        ([0, 1, 2], 3, Allowance(2)),
        ([0, 1, 2, 3], 4, Allowance(1)),
        ([0, 1, 2, 3, 4], 5, Allowance(0, next_at=START + 9 * DAY)),
        ([0, 1, 2, 3, 4], 9, Allowance(3)),
        ([0, 1, 2, 3], 9, Allowance(4)),
        ([0, 1, 2, 9, 10, 11, 12], 13, Allowance(1)),
    ],
)
def test_extra_attempts_are_taken_while_waiting_and_put_off_no_set(
    days_taken, on_day, expected
):
    assert left(days_taken, on_day=on_day, extra=2) == expected


@pytest.mark.parametrize(
    ("days_taken", "on_day", "expected"),
    [
        ([0, 1, 2, 3, 4], 5, Allowance(0, next_at=START + 9 * DAY)),
        ([0, 1, 2, 3, 4], 9, Allowance(3)),
        ([0, 1, 2, 3, 4, 9], 9, Allowance(2)),
        ([0, 1, 2, 3, 4, 9, 10], 10, Allowance(1)),
    ],
)
def test_extra_attempts_that_count_no_more_put_off_no_set(days_taken, on_day, expected):
    assert left(days_taken, on_day=on_day, extra=0) == expected


@given(
    days_tried=st.lists(st.integers(0, 40), max_size=12).map(sorted),
    on_day=st.integers(40, 60),
    extra=st.integers(0, 5),
)
def test_extra_attempts_never_take_one_away(days_tried, on_day, extra):
    """Whatever somebody took who was granted none, with some they have no less left."""
    taken = []
    for day in days_tried:
        if left(taken, on_day=day).left:
            taken.append(day)

    plain = left(taken, on_day=on_day)

    assert left(taken, on_day=on_day, extra=extra).left == plain.left + extra


@pytest.mark.parametrize(
    ("asked", "done", "live", "state"),
    [
        (Asked(LESSON, True, False), {LESSON}, set(), State.DONE),
        (Asked(LESSON, True, False), set(), {LESSON}, State.OPEN),
        (Asked(LESSON, True, False), set(), set(), State.WAIVED),
        (Asked(TEST, True, True), set(), set(), State.OPEN),
    ],
)
def test_state_waives_what_is_gone_but_never_a_final_test(asked, done, live, state):
    assert rules.state_of(asked, done=done, live=live) is state


@pytest.mark.parametrize(
    ("done", "live", "complete"),
    [
        ({LESSON, TEST}, {LESSON, TEST, EXTRA}, True),
        ({TEST}, {TEST}, True),  # the lesson was taken down
        ({LESSON}, {LESSON, TEST}, False),
        ({LESSON}, set(), False),  # the test was taken down: still owed
        (set(), set(), False),
    ],
)
def test_course_is_complete_when_nothing_required_is_open(done, live, complete):
    syllabus = [
        Asked(LESSON, required=True, is_test=False),
        Asked(TEST, required=True, is_test=True),
        Asked(EXTRA, required=False, is_test=False),
    ]

    assert rules.course_is_complete(syllabus, done=done, live=live) is complete


def test_course_without_anything_done_is_not_complete():
    gone = [Asked(LESSON, required=True, is_test=False)]

    assert rules.course_is_complete(gone, done=set(), live=set()) is False


def test_refusals_to_enrol_name_every_reason():
    assert rules.refusals_to_enrol(
        has_post=False, is_open=False, has_completed=True
    ) == ["course-not-open", "post-missing", "already-completed"]
    assert (
        rules.refusals_to_enrol(has_post=True, is_open=True, has_completed=False) == []
    )


def test_refusals_to_start_name_every_reason():
    assert rules.refusals_to_start(
        enrolment_is_open=False,
        is_live=False,
        has_passed=True,
        comes_too_late=True,
        allowance=Allowance(0),
    ) == [
        "enrolment-closed",
        "quiz-not-available",
        "already-passed",
        "pretest-too-late",
        "no-attempts-left",
    ]
    assert (
        rules.refusals_to_start(
            enrolment_is_open=True,
            is_live=True,
            has_passed=False,
            comes_too_late=False,
            allowance=Allowance(1),
        )
        == []
    )


@pytest.mark.parametrize(
    ("submitted", "is_practice", "passed", "released"),
    [
        (False, True, False, False),
        (True, True, False, True),
        (True, False, False, False),
        (True, False, True, True),
        (False, False, True, False),
    ],
)
def test_feedback_is_released_when_it_cannot_serve_another_attempt(
    submitted, is_practice, passed, released
):
    assert (
        rules.feedback_is_released(
            submitted=submitted,
            is_practice=is_practice,
            passed=passed,
            another_open=False,
        )
        is released
    )


@pytest.mark.parametrize("is_practice", [True, False])
def test_feedback_on_a_test_waits_while_another_attempt_is_open(is_practice):
    assert (
        rules.feedback_is_released(
            submitted=True,
            is_practice=is_practice,
            passed=True,
            another_open=True,
        )
        is is_practice
    )


def test_refusals_to_review_name_every_reason():
    assert rules.refusals_to_review(is_live=False, has_drafts=True) == [
        "not-live",
        "has-drafts",
    ]
    assert rules.refusals_to_review(is_live=True, has_drafts=False) == []


def test_refusals_to_open_edition_name_pages():
    assert rules.refusals_to_open_edition(
        drafts=["Uno"], missing=["Dos"], has_required=False, finals=[], pretests=[]
    ) == ["draft:Uno", "untranslated:Dos", "nothing-required", "no-final-test"]
    assert (
        rules.refusals_to_open_edition(
            drafts=[], missing=[], has_required=True, finals=["A"], pretests=["B"]
        )
        == []
    )


def test_refusals_to_open_edition_name_the_tests_after_the_first():
    assert rules.refusals_to_open_edition(
        drafts=[],
        missing=[],
        has_required=True,
        finals=["A", "B", "C"],
        pretests=["D", "E"],
    ) == ["second-final:B", "second-final:C", "second-pretest:E"]


@pytest.mark.parametrize(
    ("need", "kind", "on_the_way"),
    [
        ("required", "lesson", True),
        ("required", "final", True),
        ("recommended", "lesson", False),
        ("recommended", "practice", True),
        ("recommended", "pretest", True),
        ("other", "practice", False),
        ("other", "lesson", False),
    ],
)
def test_the_way_leads_through_what_is_required_and_its_checks(need, kind, on_the_way):
    assert rules.is_on_the_way(rules.Need(need), kind=kind) is on_the_way


@pytest.mark.parametrize(
    ("latest", "run"),
    [
        (None, "2026-1"),
        ("2026-1", "2026-2"),
        ("2026-9", "2026-10"),
        ("2025-3", "2026-1"),
    ],
)
def test_next_run_counts_within_the_year(latest, run):
    assert rules.next_run(latest, year=2026) == run


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"is_allowed": False, "code_taken": True}, ["wrong-parent"]),
        ({"code_taken": True}, ["code-taken"]),
        ({"purpose": "practice"}, ["wrong-purpose"]),
        ({"purpose": "practice", "in_course": False, "beside": ["practice"]}, []),
        ({"purpose": "final", "in_course": False}, ["wrong-purpose"]),
        ({"purpose": "final", "beside": ["pretest"]}, []),
        ({"purpose": "final", "beside": ["final"]}, ["second-final"]),
        ({"purpose": "pretest", "beside": ["pretest"]}, ["second-pretest"]),
        ({"before_original": True}, ["before-original"]),
    ],
)
def test_refusals_to_stand(facts, reasons):
    usual = {
        "is_allowed": True,
        "purpose": "",
        "in_course": True,
        "beside": [],
        "code_taken": False,
        "before_original": False,
    }

    assert rules.refusals_to_stand(**usual | facts) == reasons


@pytest.mark.parametrize(
    ("asked", "written", "word"),
    [
        (0, 0, "no-questions"),
        (5, 5, ""),
        (6, 5, "too-few-questions"),
    ],
)
def test_refusal_to_ask(asked, written, word):
    assert rules.refusal_to_ask(asked=asked, written=written) == word


def test_an_edition_opens_on_unequal_texts_only_with_a_word():
    ask = rules.refusals_to_open_on_unequal_texts

    assert ask(["Uno"], despite=" ") == ["behind:Uno"]
    assert ask(["Uno"], despite="Una errata") == []
    assert ask([], despite="") == []
