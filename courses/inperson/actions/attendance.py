"""Marking who was at a workshop, once, and correcting it; the ledger follows."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.inperson import rules
from courses.inperson.actions.hours import earn, take_back
from courses.models import Attendance, LedgerEntry, Workshop
from courses.models.hours import LedgerQuerySet
from courses.models.workshops import AttendanceQuerySet
from lms.people.models import Cohort, User
from lms.people.zones import day_of
from lms.refusals import Refused
from lms.team.actions import hold
from lms.web.models import Tries


@transaction.atomic
def mark(
    workshop: Workshop,
    *,
    person: User,
    present: bool = True,
    how: Attendance.How,
    by: User,
    at: datetime,
) -> bool:
    """Mark somebody present or absent, once; return whether this was the first mark.

    Raises `Refused` with the reasons of `rules.mark_refusals`, or "cohort-archived".
    """
    hold(workshop.cohort)
    if reasons := rules.mark_refusals(
        cancelled=workshop.cancelled_at is not None,
        starts_at=workshop.starts_at,
        at=at,
        own=person == by and (how != Attendance.How.CODE or _leads(by, workshop, at)),
        elsewhere=present and _is_known_elsewhere(person, workshop, by=by, at=at),
    ):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            Attendance.objects.create(
                workshop=workshop,
                person=person,
                present=present,
                how=how,
                marked_by=by,
                marked_at=at,
            )
    except IntegrityError:
        return False
    if present:
        _earn_once(workshop, person=person, by=by, at=at)
    return True


def _leads(person: User, workshop: Workshop, at: datetime) -> bool:
    """Whether the person can have the code of the room on their own screen."""
    rows = Cohort.objects.visible_to(person, on=timezone.localdate(at))
    return rows.filter(pk=workshop.cohort_id).exists()


def _is_known_elsewhere(
    person: User, workshop: Workshop, *, by: User, at: datetime
) -> bool:
    """Whether whoever marks may know that the person was in another room then.

    A trainer knows the workshops of their own cohorts: a refusal for another trainer's
    would tell where the person was. Of oneself everybody knows.
    """
    rooms = _elsewhere(person, workshop)
    if person != by:
        seen = Workshop.objects.visible_to(by, on=timezone.localdate(at))
        rooms = rooms.filter(workshop__in=seen)
    return rooms.exists()


def _elsewhere(person: User, workshop: Workshop) -> AttendanceQuerySet:
    """Return the marks that say present in other workshops of those hours.

    The person's row is locked: of two who mark them at once, one looks after the other.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    return Attendance.objects.filter(
        person=person,
        present=True,
        workshop__starts_at__lt=workshop.ends_at,
        workshop__ends_at__gt=workshop.starts_at,
    ).exclude(workshop=workshop)


@transaction.atomic
def mark_all(
    workshop: Workshop, *, marks: Iterable[tuple[User, bool]], by: User, at: datetime
) -> int:
    """Mark each of them present or absent; return how many had no mark before.

    All of them or none. Raises `Refused` as `mark` does.
    """
    return sum(
        mark(
            workshop,
            person=person,
            present=present,
            how=Attendance.How.TYPED,
            by=by,
            at=at,
        )
        for person, present in sorted(marks, key=lambda mark: mark[0].pk)
    )


def mark_by_code(
    workshop: Workshop, *, person: User, typed: str, at: datetime
) -> Attendance:
    """Mark somebody present who typed the code of the room; return their mark.

    Raises `Refused`: "not-now", "too-many-tries", "wrong-code".
    """
    hours = {"starts_at": workshop.starts_at, "ends_at": workshop.ends_at}
    if workshop.cancelled_at or not rules.takes_codes(**hours, at=at):
        raise Refused("not-now")
    key = f"room-code:{workshop.uuid.hex}:{person.pk}"
    if not Tries.objects.take(key, limit=rules.TRIES, per=rules.TRIES_TIME, at=at):
        raise Refused("too-many-tries")
    secret = settings.SECRET_KEY
    if not rules.is_room_code(typed, workshop=workshop.uuid, at=at, key=secret):
        raise Refused("wrong-code")
    mark(workshop, person=person, how=Attendance.How.CODE, by=person, at=at)
    return Attendance.objects.get(workshop=workshop, person=person)


@transaction.atomic
def correct(
    attendance: Attendance, *, present: bool, reason: str, by: User, at: datetime
) -> bool:
    """Say otherwise, and why; return whether that changed anything.

    Of two who correct it alike, one does: the hours follow once. A workshop that was
    called off gives nobody hours. Raises `Refused` with the reasons of
    `rules.mark_refusals`, or "cohort-archived".
    """
    hold(attendance.workshop.cohort)
    workshop = Workshop.objects.get(pk=attendance.workshop_id)
    if reasons := rules.mark_refusals(
        cancelled=present and workshop.cancelled_at is not None,
        starts_at=workshop.starts_at,
        at=at,
        own=attendance.person == by,
        elsewhere=present
        and _is_known_elsewhere(attendance.person, workshop, by=by, at=at),
    ):
        raise Refused(*reasons)
    changed = Attendance.objects.filter(pk=attendance.pk, present=not present).update(
        present=present, corrected_by=by, corrected_at=at, reason=reason
    )
    if not changed:
        return False
    if present:
        _earn_once(workshop, person=attendance.person, by=by, at=at)
    else:
        take_back(_earned(attendance), by=by, at=at)
        _earn_elsewhere(attendance, at=at)
    return True


def _earned(attendance: Attendance) -> LedgerQuerySet:
    return LedgerEntry.objects.counting().filter(
        workshop=attendance.workshop_id, person=attendance.person_id
    )


def _earn_elsewhere(attendance: Attendance, *, at: datetime) -> None:
    """Enter the hours of a room that gave none while this one said present."""
    rooms = _elsewhere(attendance.person, attendance.workshop)
    for room in rooms.select_related("workshop__cohort", "marked_by").order_by("pk"):
        if not _earned(room).exists():
            by = room.corrected_by or room.marked_by
            _earn_once(room.workshop, person=attendance.person, by=by, at=at)


def _earn_once(workshop: Workshop, *, person: User, by: User, at: datetime) -> None:
    """Enter the hours, unless those same hours were earned in another room.

    Two trainers may say so of one person, neither knowing of the other: the first
    counts. Nobody but the person reads what each room gave.
    """
    if any(_earned(room).exists() for room in _elsewhere(person, workshop)):
        return
    earn(
        person,
        minutes=workshop.minutes,
        kind=LedgerEntry.Kind.WORKSHOP,
        on=day_of(workshop.starts_at, zone=workshop.cohort.zone),
        workshop=workshop,
        by=by,
        at=at,
    )
