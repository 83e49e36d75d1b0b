"""Assigning, changing, moving and withdrawing; each with its refusals and races."""

from datetime import date

import pytest

from courses.assigning.actions import (
    assign,
    change_assignment,
    move_assignment,
    withdraw_assignment,
)
from courses.assigning.rules import Dates
from courses.models import Assignment, Enrolment
from lms.refusals import Refused
from tests.courses.assigning.conftest import DAY, make_assignment
from tests.factories import NOON, CohortFactory, course_of, make_course_page, rival

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 30)


def programme(cohort):
    rows = Assignment.objects.filter(cohort=cohort).standing().in_order()
    return [(one.course.code, one.position) for one in rows]


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reasons


def test_assigning_puts_the_course_last_and_enrols_nobody(
    cohort, tomas, assignment, second_edition
):
    made = assign(
        cohort,
        second_edition.course,
        by=tomas,
        dates=Dates(due_on=DUE),
        after=assignment,
        at=NOON,
    )

    assert programme(cohort) == [("C1", 1), ("C2", 2)]
    assert (made.due_on, made.after, made.assigned_by) == (DUE, assignment, tomas)
    assert not Enrolment.objects.exists()


def test_assigning_is_refused_where_nothing_is_assigned_any_more(cohort, tomas, course):
    def again():
        assign(cohort, course, by=tomas, dates=Dates(), at=NOON)

    type(cohort).objects.update(archived_at=NOON)
    assert refusal(again) == ["cohort-archived"]
    type(cohort).objects.update(archived_at=None)
    cohort.until_on = NOON.date() - DAY
    assert refusal(again) == ["cohort-over"]
    assert programme(cohort) == []


def test_assigning_needs_an_open_edition_and_a_course_not_assigned_yet(
    cohort, tomas, assignment
):
    closed = course_of(make_course_page(code="C3", slug="cerrado"))
    elsewhere = make_assignment(CohortFactory(), assignment.course, by=tomas)

    assert refusal(
        lambda: assign(cohort, closed, by=tomas, dates=Dates(), at=NOON)
    ) == ["course-not-open"]
    assert refusal(
        lambda: assign(
            cohort,
            assignment.course,
            by=tomas,
            dates=Dates(due_on=NOON.date() - DAY),
            after=elsewhere,
            at=NOON,
        )
    ) == ["already-assigned", "first-is-not-there", "due-in-the-past"]


def test_today_is_that_of_the_cohort(cohort, tomas, course):
    before_midnight = NOON.replace(day=3, hour=5)

    assign(
        cohort, course, by=tomas, dates=Dates(due_on=NOON.date()), at=before_midnight
    )

    assert programme(cohort) == [("C1", 1)]


def test_of_two_who_assign_a_course_at_once_one_is_refused(cohort, tomas, course):
    other = Assignment(
        cohort=cohort, course=course, assigned_by=tomas, assigned_at=NOON
    )

    with rival(other):
        reasons = refusal(
            lambda: assign(cohort, course, by=tomas, dates=Dates(), at=NOON)
        )

    assert reasons == ["already-assigned"]


def test_a_course_that_was_withdrawn_is_assigned_anew(cohort, tomas, assignment):
    withdraw_assignment(assignment, at=NOON)

    assign(cohort, assignment.course, by=tomas, dates=Dates(), at=NOON)

    assert programme(cohort) == [("C1", 1)]


def test_changing_gives_other_dates(assignment, second):
    change_assignment(
        second,
        dates=Dates(opens_on=date(2026, 11, 9), due_after_days=30),
        after=None,
        at=NOON,
    )

    second.refresh_from_db()
    assert (second.opens_on, second.due_on, second.due_after_days, second.after) == (
        date(2026, 11, 9),
        None,
        30,
        None,
    )


def test_changing_keeps_a_due_day_that_has_passed(assignment):
    later = NOON + 90 * DAY

    change_assignment(assignment, dates=Dates(due_on=DUE), at=later)

    assert refusal(
        lambda: change_assignment(assignment, dates=Dates(due_on=DUE + DAY), at=later)
    ) == ["due-in-the-past"]


def test_an_assignment_comes_after_an_earlier_one_of_its_cohort(
    tomas, assignment, second
):
    elsewhere = make_assignment(CohortFactory(), second.course, by=tomas)

    assert refusal(
        lambda: change_assignment(assignment, dates=Dates(), after=second, at=NOON)
    ) == ["first-comes-later"]
    assert refusal(
        lambda: change_assignment(assignment, dates=Dates(), after=assignment, at=NOON)
    ) == ["first-comes-later"]
    assert refusal(
        lambda: change_assignment(second, dates=Dates(), after=elsewhere, at=NOON)
    ) == ["first-is-not-there"]


def test_nothing_is_changed_in_an_archived_cohort(cohort, assignment):
    """Also where it was archived after it was looked up."""
    assert assignment.cohort.archived_at is None
    type(cohort).objects.update(archived_at=NOON)

    for change in (
        lambda: change_assignment(assignment, dates=Dates(), at=NOON),
        lambda: withdraw_assignment(assignment, at=NOON),
        lambda: move_assignment(assignment, up=True),
    ):
        assert refusal(change) == ["cohort-archived"]


def test_what_was_withdrawn_meanwhile_is_not_changed(assignment):
    Assignment.objects.update(withdrawn_at=NOON)

    assert refusal(lambda: change_assignment(assignment, dates=Dates(), at=NOON)) == [
        "assignment-withdrawn"
    ]


def test_withdrawing_lets_the_next_one_wait_for_the_one_before(
    cohort, tomas, assignment, second
):
    page = make_course_page(code="C3", slug="tercero")
    third = make_assignment(cohort, course_of(page), by=tomas, position=3, after=second)

    withdraw_assignment(second, at=NOON)
    withdraw_assignment(second, at=NOON + DAY)

    third.refresh_from_db()
    second.refresh_from_db()
    assert (third.after, second.withdrawn_at) == (assignment, NOON)


def test_moving_changes_places(cohort, assignment, second):
    Assignment.objects.update(after=None)

    move_assignment(second, up=True)
    assert programme(cohort) == [("C2", 1), ("C1", 2)]

    second.refresh_from_db()
    move_assignment(second, up=True)
    assert programme(cohort) == [("C2", 1), ("C1", 2)]

    move_assignment(second, up=False)
    assert programme(cohort) == [("C1", 1), ("C2", 2)]


def test_moving_puts_equal_places_in_order(cohort, assignment, second):
    Assignment.objects.update(after=None, position=1)
    first, last = Assignment.objects.in_order()

    move_assignment(last, up=True)

    assert list(Assignment.objects.in_order()) == [last, first]


def test_nothing_moves_before_the_course_that_comes_first(cohort, assignment, second):
    assert refusal(lambda: move_assignment(second, up=True)) == ["first-comes-later"]
    assert refusal(lambda: move_assignment(assignment, up=False)) == [
        "first-comes-later"
    ]
    assert programme(cohort) == [("C1", 1), ("C2", 2)]


def test_what_was_withdrawn_does_not_move(cohort, assignment, second):
    Assignment.objects.update(after=None)
    withdraw_assignment(assignment, at=NOON)

    move_assignment(assignment, up=False)

    assert programme(cohort) == [("C2", 1)]


def test_of_two_who_move_at_once_one_is_refused(
    cohort, assignment, second, monkeypatch
):
    """The other one's move is stored once the programme has been read."""
    Assignment.objects.update(after=None)
    rows = list(Assignment.objects.in_order())
    Assignment.objects.filter(pk=assignment.pk).update(position=7)
    monkeypatch.setattr(
        "courses.assigning.actions.programme._programme", lambda _one: rows
    )

    assert refusal(lambda: move_assignment(second, up=True)) == ["moved-meanwhile"]
