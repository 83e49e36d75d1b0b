"""Signing what was observed of somebody's practice, once; the hours follow."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from courses.inperson import rules
from courses.inperson.actions.hours import earn
from courses.models import LedgerEntry, Observation
from lms.people.models import Cohort, User
from lms.people.zones import day_of
from lms.refusals import Refused
from lms.team.actions import hold


@transaction.atomic
def sign_observation(
    cohort: Cohort,
    *,
    form: UUID,
    person: User,
    checklist: Mapping[str, Any],
    marks: Mapping[str, str],
    comments: Mapping[str, str],
    on: date,
    by: User,
    at: datetime,
) -> bool:
    """Sign the checklist; return whether this was the first time that form came.

    `form` is the key of the sheet that was filled in: sent twice, it counts once.
    Of a day no more than `rules.MOST_A_DAY` counts, whoever observed; a trainer is
    refused only what their own cohorts show them: else they would learn what others
    observed. Raises `Refused` with the reasons of `rules.observation_refusals`, or
    "cohort-archived".
    """
    hold(cohort)
    minutes, free = checklist["minutes"], rules.MOST_A_DAY - _counted(person, on=on)
    if reasons := rules.observation_refusals(
        own=person.pk == by.pk,
        observed_on=on,
        first_on=cohort.from_on,
        last_on=cohort.until_on,
        today=day_of(at, zone=cohort.zone),
        minutes_that_day=minutes + _known(person, on=on, by=by, at=at),
    ):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            signed = Observation.objects.create(
                uuid=form,
                cohort=cohort,
                person=person,
                observed_on=on,
                key=checklist["key"],
                version=checklist["version"],
                checklist=dict(checklist),
                marks=dict(marks),
                comments=dict(comments),
                signed_by=by,
                signed_at=at,
            )
    except IntegrityError:
        return False
    if free > 0:
        earn(
            person,
            minutes=min(minutes, free),
            kind=LedgerEntry.Kind.PRACTICE,
            on=on,
            observation=signed,
            by=by,
            at=at,
        )
    return True


def _counted(person: User, *, on: date) -> int:
    """Return the minutes that practice gave that day; the person's row is locked."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rows = LedgerEntry.objects.filter(
        person=person, on=on, kind=LedgerEntry.Kind.PRACTICE
    )
    return rows.aggregate(sum=Sum("minutes"))["sum"] or 0


def _known(person: User, *, on: date, by: User, at: datetime) -> int:
    """Return the minutes of the sheets that the trainer's own cohorts show that day.

    What each sheet says, whatever of it counted: that would tell of other trainers.
    """
    seen = Cohort.objects.visible_to(by, on=timezone.localdate(at))
    sheets = Observation.objects.filter(
        person=person, observed_on=on, cohort__in=seen
    ).values_list("checklist", flat=True)
    return sum(sheet["minutes"] for sheet in sheets)
