"""Why somebody has not finished, in short sentences."""

import pytest
from django.utils.translation import override

from courses.assigning.standing import standing_of
from courses.following.rules import Stage
from courses.following.words import ago, attempt_in_words, stage_in_words, why_not
from courses.models import Activity, SuperiorRequest
from courses.results import attempts
from tests.courses.assigning.conftest import make_assignment
from tests.courses.following.conftest import DAY, TODAY, began, tried
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def why(cohort, person, *, tries=(), titles=False):
    *_before, last = standing_of(cohort, [person], at=NOON)[person.pk]
    with override("en"):
        return why_not(last, tries, language="en", titles=titles)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (21, "21 days ago")],
)
def test_time_passes_in_words(days, words):
    with override("en"):
        assert ago(days) == words


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words(stage):
    assert stage_in_words(stage, late=1)


def test_a_cohort_that_ended_says_who_is_late_and_not_that_it_finished():
    with override("en"):
        words = [stage_in_words(Stage.ENDED, late=late) for late in (0, 1, 3)]

    assert words == [
        "ended, nobody late",
        "ended, 1 person late",
        "ended, 3 people late",
    ]


def test_who_has_not_begun(cohort, ana, assignment):
    assert why(cohort, ana) == ["Has not begun."]
    assert why(cohort, ana, titles=True) == [
        "Has not begun.",
        "Missing: 1.1 Lección 1 (en), 1.2 Lección 2 (en).",
    ]


def test_lessons_and_the_test_that_are_missing(
    cohort, ana, assignment, edition, activities
):
    taken = began(ana, edition, done=[activities["lesson-1"]])

    assert why(cohort, ana) == [
        "Missing: 1.2.",
        "Final test not taken; 3 of 3 attempts left.",
    ]

    tries = [tried(taken, activities["final"], points=2)]

    assert why(cohort, ana, tries=tries) == [
        "Missing: 1.2.",
        "Final test not passed, 2 of 5; 2 of 3 attempts left.",
    ]


def test_what_opens_later(cohort, ana, assignment):
    assignment.opens_on = TODAY + DAY
    assignment.save()

    assert why(cohort, ana) == ["Opens on 3 November 2026."]


def test_what_waits_for_another_course(cohort, tomas, ana, assignment, second_edition):
    make_assignment(
        cohort, second_edition.course, by=tomas, position=2, after=assignment
    )

    assert why(cohort, ana) == ["Waits for the course before it."]


def test_what_waits_for_a_trainer_to_confirm_the_superior(cohort, ana, assignment):
    cohort.asks_superior = True
    cohort.save()
    ana.member_rows.update(superior_address="j@x.example", superior_unconfirmed=True)

    assert why(cohort, ana) == [
        "Waits for a trainer to confirm the address of the superior."
    ]


def test_what_waits_for_the_superior_says_who_must_act(cohort, ana, assignment):
    cohort.asks_superior = True
    cohort.save()

    assert why(cohort, ana) == [
        "A superior has to agree, and the person has not named one."
    ]

    ana.member_rows.update(superior_address="jefa@example.org")
    assert why(cohort, ana) == [
        "A superior has to agree, and the person has not asked them yet."
    ]

    asked = SuperiorRequest.objects.create(
        assignment=assignment,
        person=ana,
        superior_address="jefa@example.org",
        token_hash="x",
        asked_at=NOON - DAY,
        until_at=NOON + DAY,
    )
    assert why(cohort, ana) == [
        "Waits for the superior’s answer since 1 November 2026."
    ]

    asked.until_at = NOON
    asked.save()
    assert why(cohort, ana) == [
        "The superior did not answer in time. The person asks again."
    ]

    asked.decided_at, asked.approved, asked.reason = NOON, False, "Turnos"
    asked.save()
    assert why(cohort, ana) == ["The superior has not agreed."]


def test_a_pretest_is_not_passed_or_failed(ana, edition, activities):
    taken = began(ana, edition)
    attempt = tried(taken, activities["final"], points=2)
    with override("en"):
        assert attempt_in_words(attempt) == "2/5, attempt 1, not passed"

    Activity.objects.filter(pk=attempt.activity_id).update(kind="pretest")
    attempt.refresh_from_db()

    with override("en"):
        assert attempt_in_words(attempt) == "2/5"
    [row] = attempts(ana, "en")
    assert row["passed"] is None
