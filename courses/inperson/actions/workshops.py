"""Planning a workshop, changing it, calling it off."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courses.inperson import rules
from courses.models import Workshop
from lms.people.models import Cohort, Institution, User
from lms.refusals import Refused
from lms.team.actions import hold


@dataclass(frozen=True, slots=True)
class Plan:
    """What a trainer says of a workshop; `minutes` are those that count."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    capacity: int
    language: str
    materials: str = ""
    is_public: bool = False
    organiser: Institution | None = None

    def facts(self) -> dict:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def plan_workshop(cohort: Cohort, *, plan: Plan, by: User, at: datetime) -> Workshop:
    """Make the workshop; the one that this cohort has so already is returned instead.

    Raises `Refused`: the reasons of `rules.workshop_refusals`, or "cohort-archived".
    """
    hold(cohort)
    _refuse(_in_general(cohort, plan))
    same = Workshop.objects.standing().filter(
        cohort=cohort, title=plan.title, starts_at=plan.starts_at
    )
    return same.first() or Workshop.objects.create(
        cohort=cohort, made_by=by, made_at=at, **plan.facts()
    )


@transaction.atomic
def change_workshop(workshop: Workshop, *, plan: Plan, at: datetime) -> None:
    """Change what a workshop says, as it stands now, whatever was read of it before.

    Raises `Refused`: as in planning, or with those of `rules.change_refusals`.
    """
    now = _held(workshop)
    reasons = _in_general(now.cohort, plan) + rules.change_refusals(
        cancelled=now.cancelled_at is not None,
        hours_change=_hours_of(plan) != _hours_of(now),
        fewer_places=plan.capacity < now.capacity,
        starts_at=now.starts_at,
        at=at,
    )
    _refuse(reasons)
    Workshop.objects.filter(pk=now.pk).update(**plan.facts())


@transaction.atomic
def cancel_workshop(workshop: Workshop, *, at: datetime) -> None:
    """Call the workshop off; again changes nothing.

    Raises `Refused`: "hours-stand" once people may be marked, whether or not anybody
    was; "cohort-archived".
    """
    now = _held(workshop)
    if now.cancelled_at:
        return
    if rules.is_marked(starts_at=now.starts_at, at=at):
        raise Refused("hours-stand")
    Workshop.objects.filter(pk=now.pk).update(cancelled_at=at)


def _held(workshop: Workshop) -> Workshop:
    """Return the workshop as it is, and stays until the transaction ends.

    Whoever changes a workshop, or takes a place in it, holds the cohort first.
    """
    hold(workshop.cohort)
    return Workshop.objects.with_cohort().get(pk=workshop.pk)


def _hours_of(one: Plan | Workshop) -> tuple[datetime, datetime, int]:
    return one.starts_at, one.ends_at, one.minutes


def _in_general(cohort: Cohort, plan: Plan) -> list[str]:
    return rules.workshop_refusals(
        starts_at=plan.starts_at.astimezone(cohort.zone),
        ends_at=plan.ends_at.astimezone(cohort.zone),
        minutes=plan.minutes,
        capacity=plan.capacity,
        first_on=cohort.from_on,
        last_on=cohort.until_on,
    )


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)
