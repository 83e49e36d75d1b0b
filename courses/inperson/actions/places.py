"""Taking a place in a workshop and giving it back; there are never more than it has."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from courses.inperson import rules
from courses.models import Workshop, WorkshopPlace
from lms.people.models import CohortMember, User
from lms.refusals import Refused
from lms.team.actions import hold


@transaction.atomic
def take_place(workshop: Workshop, *, person: User, at: datetime) -> None:
    """Take a place; whoever has one keeps it.

    Raises `Refused` with the reasons of `rules.place_refusals`, or "cohort-archived".
    The last place goes to whoever raises the number first.
    """
    hold(workshop.cohort)
    _free_whose_holders_left(workshop, at=at)
    try:
        with transaction.atomic():
            WorkshopPlace.objects.create(workshop=workshop, person=person, taken_at=at)
    except IntegrityError:
        return  # theirs already
    _raise_number(workshop, at=at)


def _free_whose_holders_left(workshop: Workshop, *, at: datetime) -> None:
    """Give back the places of whoever learns in the cohort no more."""
    members = CohortMember.objects.standing(timezone.localdate(at)).filter(
        cohort=workshop.cohort_id, person=OuterRef("person")
    )
    left = WorkshopPlace.objects.held().filter(~Exists(members), workshop=workshop)
    if freed := left.update(given_back_at=at):
        Workshop.objects.filter(pk=workshop.pk).update(taken=F("taken") - freed)


def _raise_number(workshop: Workshop, *, at: datetime) -> None:
    rows = Workshop.objects.filter(pk=workshop.pk)
    free = rows.standing().filter(starts_at__gt=at, taken__lt=F("capacity"))
    if not free.update(taken=F("taken") + 1):
        now = rows.get()
        raise Refused(
            *rules.place_refusals(
                cancelled=now.cancelled_at is not None,
                starts_at=now.starts_at,
                full=now.is_full,
                at=at,
            )
        )


@transaction.atomic
def give_place_back(workshop: Workshop, *, person: User, at: datetime) -> None:
    """Give the place back; whoever has none gives back nothing."""
    held = WorkshopPlace.objects.held().filter(workshop=workshop, person=person)
    if held.update(given_back_at=at):
        Workshop.objects.filter(pk=workshop.pk).update(taken=F("taken") - 1)
