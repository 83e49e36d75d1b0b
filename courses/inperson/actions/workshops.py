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
def change_workshop(workshop: Workshop, *, plan: Plan) -> None:
    """Change what a workshop says; of places taken meanwhile, none is lost.

    Raises `Refused`: as in planning, or with those of `rules.change_refusals`.
    """
    hold(workshop.cohort)
    reasons = _in_general(workshop.cohort, plan) + rules.change_refusals(
        hours_change=_hours_of(plan) != _hours_of(workshop),
        anybody_present=workshop.attendance.filter(present=True).exists(),
        capacity=plan.capacity,
        taken=workshop.taken,
    )
    _refuse(reasons)
    rows = Workshop.objects.standing().filter(pk=workshop.pk)
    if not rows.filter(taken__lte=plan.capacity).update(**plan.facts()):
        raise Refused("cancelled" if not rows.exists() else "places-are-taken")


@transaction.atomic
def cancel_workshop(workshop: Workshop, *, at: datetime) -> None:
    """Call the workshop off; again changes nothing.

    Raises `Refused`: "hours-were-credited" when somebody was there; "cohort-archived".
    """
    hold(workshop.cohort)
    if workshop.attendance.filter(present=True).exists():
        raise Refused("hours-were-credited")
    Workshop.objects.standing().filter(pk=workshop.pk).update(cancelled_at=at)


def _hours_of(one: Plan | Workshop) -> tuple[datetime, datetime, int]:
    return one.starts_at, one.ends_at, one.minutes


def _in_general(cohort: Cohort, plan: Plan) -> list[str]:
    return rules.workshop_refusals(
        starts_at=plan.starts_at.astimezone(cohort.zone),
        ends_at=plan.ends_at.astimezone(cohort.zone),
        minutes=plan.minutes,
        first_on=cohort.from_on,
        last_on=cohort.until_on,
    )


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)
