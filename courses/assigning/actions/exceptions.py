"""Giving one member another day, more attempts or minutes, and taking it back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from courses.assigning import rules
from courses.models import Assignment, AssignmentException
from lms.people.models import CohortMember, User
from lms.people.zones import day_of
from lms.refusals import Refused
from lms.team.actions import hold


@transaction.atomic
def except_person(
    assignment: Assignment,
    person: User,
    *,
    due_on: date | None,
    extra_attempts: int,
    extra_minutes: int = 0,
    reason: str,
    by: User,
    at: datetime,
) -> AssignmentException:
    """Return the exception for a member whom `by` sees; it ends the one before.

    The same once more is the one that stands. Raises `Refused`.
    """
    cohort = assignment.cohort
    hold(cohort)
    if assignment.withdrawn_at:
        raise Refused("assignment-withdrawn")
    reasons = rules.refusals_to_except(
        own=person == by,
        is_member=_is_member_in_sight(assignment, person, by=by, at=at),
        opens_on=assignment.opens_on,
        due_on=due_on,
        extra_attempts=extra_attempts,
        extra_minutes=extra_minutes,
        last_day=cohort.until_on,
        today=day_of(at, zone=cohort.zone),
    )
    if reasons:
        raise Refused(*reasons)
    standing = AssignmentException.objects.filter(
        assignment=assignment, person=person
    ).standing()
    different = {
        "due_on": due_on,
        "extra_attempts": extra_attempts,
        "extra_minutes": extra_minutes,
        "reason": reason,
    }
    same = standing.filter(**different).first()
    if same:
        return same
    standing.update(ended_at=at)
    made = AssignmentException(
        assignment=assignment,
        person=person,
        made_by=by,
        made_at=at,
        **different,
    )
    AssignmentException.objects.bulk_create([made], ignore_conflicts=True)
    return standing.get()  # of two who race, the one that was faster


def _is_member_in_sight(
    assignment: Assignment, person: User, *, by: User, at: datetime
) -> bool:
    on = timezone.localdate(at)
    return (
        CohortMember.objects.visible_to(by, on=on)
        .standing(on)
        .filter(
            cohort=assignment.cohort,
            person=person,
            person__shielded=False,
            person__closed_at=None,
        )
        .exists()
    )


@transaction.atomic
def end_exception(exception: AssignmentException, *, at: datetime) -> None:
    """Let the person have the same as all from now on; nothing when it ended.

    Raises `Refused` where the cohort is archived.
    """
    hold(exception.assignment.cohort)
    AssignmentException.objects.filter(pk=exception.pk).standing().update(ended_at=at)
