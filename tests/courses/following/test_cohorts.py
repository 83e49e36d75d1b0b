"""How whole cohorts fare, in figures: one query less or more for none of them."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.following.cohorts import Digest, digest_for, figures_of
from courses.following.rules import Stage
from lms.belonging.actions import shield
from lms.people.actions import close
from tests.courses.assigning.conftest import make_assignment
from tests.courses.following.conftest import (
    DAY,
    TODAY,
    began,
    due,
    finish,
    member,
    seen,
)
from tests.factories import NOON, CohortFactory, PersonFactory

pytestmark = pytest.mark.django_db


def figures(cohort):
    [found] = figures_of([cohort], at=NOON)
    return found


def told(found):
    return (
        found.people,
        found.done,
        found.under_way,
        found.silent,
        found.late,
        found.next_due,
        found.missed,
        found.stage,
    )


def test_a_cohort_of_which_nobody_has_begun(cohort, ana, assignment):
    seen(ana, days_ago=1)

    assert told(figures(cohort)) == (
        1, 0, 0, 0, 0, assignment.due_on, None, Stage.FRESH,
    )  # fmt: skip
    assert figures(cohort).not_begun == 1


def test_shielded_people_are_not_counted_and_closed_accounts_neither(
    cohort, ana, assignment, edition
):
    shielded = [member(cohort) for _number in range(6)]
    for person in (ana, *shielded):
        seen(person, days_ago=1)
    gone = member(cohort)
    for person in shielded:
        began(person, edition)
        shield(person, by=person, reason="", at=NOON)
    close(gone, by=gone, reason="", at=NOON)

    assert told(figures(cohort))[:3] == (1, 0, 0)


def test_late_silent_and_done_are_counted(cohort, ana, bea, assignment, edition):
    due(assignment, days=-1)
    finish(began(bea, edition))
    began(ana, edition)

    assert told(figures(cohort)) == (2, 1, 1, 1, 1, None, TODAY - DAY, Stage.LATE)
    assert figures(cohort).not_begun == 0


def test_who_learns_in_two_cohorts_is_counted_by_the_courses_of_each(
    cohort, tomas, ana, assignment, edition, second_edition
):
    other = CohortFactory(name="Otra", trainers=[tomas], members=[ana])
    make_assignment(
        other, second_edition.course, by=tomas, due_on=TODAY - DAY, assigned_at=NOON
    )
    finish(began(ana, edition))

    first, second = figures_of([cohort, other], at=NOON)

    assert (first.done, first.late, first.stage) == (1, 0, Stage.FINISHED)
    assert (second.done, second.late, second.stage) == (0, 1, Stage.LATE)


def test_it_asks_as_often_for_three_cohorts_as_for_one(
    cohort, tomas, ana, assignment, edition
):
    others = [
        CohortFactory(trainers=[tomas], members=[PersonFactory(), PersonFactory()])
        for _number in range(2)
    ]
    for other in others:
        make_assignment(other, edition.course, by=tomas)

    def asked(cohorts):
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert len(figures_of(cohorts, at=NOON)) == len(cohorts)
        return len(queries)

    assert asked([cohort]) == asked([cohort, *others])


def test_a_digest_counts_a_person_once(cohort, tomas, ana, bea, assignment):
    CohortFactory(trainers=[tomas], members=[ana])
    due(assignment, days=2)
    seen(ana, days_ago=20)
    seen(bea, days_ago=1)

    assert digest_for(tomas, at=NOON) == Digest(cohorts=2, people=2, help=1, soon=2)


def test_a_digest_counts_only_what_its_trainer_sees(cohort, tomas, rosa, ana, bea):
    assert digest_for(rosa, at=NOON) == Digest(cohorts=2, people=2, help=0, soon=0)

    cohort.trainer_rows.filter(trainer=rosa).update(until_on=TODAY - DAY)

    assert digest_for(rosa, at=NOON) == Digest(cohorts=1, people=1, help=0, soon=0)
    assert digest_for(ana, at=NOON) == Digest(cohorts=0, people=0, help=0, soon=0)
