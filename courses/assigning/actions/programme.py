"""Assigning a course to a cohort, changing its dates and its place, withdrawing it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from courses.assigning import rules
from courses.assigning.actions.telling import tell_members
from courses.assigning.rules import Dates
from courses.models import Assignment, Course, Edition
from lms.people.models import Cohort, User
from lms.people.zones import day_of
from lms.refusals import Refused
from lms.team.actions import hold


@transaction.atomic
def assign(
    cohort: Cohort,
    course: Course,
    *,
    by: User,
    dates: Dates,
    after: Assignment | None = None,
    at: datetime,
) -> Assignment:
    """Put a course at the end of a cohort's programme, and tell its members.

    Nobody is enrolled by it. `after` is the one that must be completed first.
    Raises `Refused`.
    """
    hold(cohort)
    today = day_of(at, zone=cohort.zone)
    standing = Assignment.objects.filter(cohort=cohort).standing()
    reasons = ["cohort-over"] if cohort.until_on < today else []
    if not Edition.objects.filter(course=course).exists():
        reasons.append("course-not-open")
    if standing.filter(course=course).exists():
        reasons.append("already-assigned")
    if after is not None and not standing.contains(after):
        reasons.append("first-is-not-there")
    reasons += rules.refusals_of_dates(
        dates, assigned_on=today, last_day=cohort.until_on, today=today, new_due=True
    )
    if reasons:
        raise Refused(*reasons)
    last = standing.aggregate(last=Max("position"))["last"] or 0
    made = Assignment(
        cohort=cohort,
        course=course,
        position=last + 1,
        after=after,
        opens_on=dates.opens_on,
        due_on=dates.due_on,
        due_after_days=dates.due_after_days,
        assigned_by=by,
        assigned_at=at,
    )
    Assignment.objects.bulk_create([made], ignore_conflicts=True)
    if not standing.filter(pk=made.pk).exists():  # somebody was faster
        raise Refused("already-assigned")
    tell_members(cohort, at=at)
    return made


@transaction.atomic
def change_assignment(
    assignment: Assignment,
    *,
    dates: Dates,
    after: Assignment | None = None,
    at: datetime,
) -> None:
    """Give an assignment other dates, or another one that comes first.

    A due day that has passed may stay as it is. Raises `Refused`.
    """
    cohort = assignment.cohort
    hold(cohort)
    today = day_of(at, zone=cohort.zone)
    reasons = rules.refusals_of_dates(
        dates,
        assigned_on=day_of(assignment.assigned_at, zone=cohort.zone),
        last_day=cohort.until_on,
        today=today,
        new_due=dates.due_on != assignment.due_on,
    )
    rows = list(_programme(assignment))
    follows = {one.pk: one.after_id for one in rows} | {
        assignment.pk: after.pk if after else None
    }
    if after and after.pk not in follows:
        reasons.append("first-is-not-there")
    if rules.breaks_the_order([one.pk for one in rows], follows):
        reasons.append("first-comes-later")
    if reasons:
        raise Refused(*reasons)
    changed = (
        Assignment.objects.filter(pk=assignment.pk)
        .standing()
        .update(
            opens_on=dates.opens_on,
            due_on=dates.due_on,
            due_after_days=dates.due_after_days,
            after=after,
        )
    )
    if not changed:
        raise Refused("assignment-withdrawn")


def _programme(assignment: Assignment) -> list[Assignment]:
    rows = Assignment.objects.filter(cohort=assignment.cohort_id).standing()
    return list(rows.in_order())


@transaction.atomic
def withdraw_assignment(assignment: Assignment, *, at: datetime) -> None:
    """Take a course out of the programme; whoever has begun it goes on alone.

    What waited for it waits for what it waited for itself. A second call changes
    nothing. Raises `Refused` where the cohort is archived.
    """
    hold(assignment.cohort)
    standing = Assignment.objects.filter(pk=assignment.pk).standing()
    if standing.update(withdrawn_at=at):
        assignment.followed_by.update(after=assignment.after_id)


@transaction.atomic
def move_assignment(assignment: Assignment, *, up: bool) -> None:
    """Let it change places with the one before it, or after it; at the end it stays.

    Raises `Refused`, also when somebody else moved one meanwhile.
    """
    hold(assignment.cohort)
    rows = _programme(assignment)
    order = _swapped([one.pk for one in rows], assignment.pk, up=up)
    if rules.breaks_the_order(order, {one.pk: one.after_id for one in rows}):
        raise Refused("first-comes-later")
    for one in rows:
        place = order.index(one.pk) + 1
        here = Assignment.objects.filter(pk=one.pk, position=one.position)
        if place != one.position and not here.update(position=place):
            raise Refused("moved-meanwhile")


def _swapped(order: list[UUID], key: UUID, *, up: bool) -> list[UUID]:
    """Return the order with that one a place further up or down, where there is one."""
    if key not in order:
        return order
    here = order.index(key)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order
