"""Which workshops does a cohort hold, who is marked, and which are one's own?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.inperson import rules
from courses.models import Attendance, Workshop, WorkshopPlace
from lms.people.models import Cohort, CohortMember, User

SHOWN_AFTER = timedelta(days=30)


def workshops_of(cohort: Cohort, *, viewer: User, on: date) -> QuerySet[Workshop]:
    """Return the workshops of a cohort: how many have a place, and how many were there.

    Of people who may be listed: of shielded ones nobody but themselves learns that they
    come. Only whether a workshop is full counts everybody.
    """
    return (
        Workshop.objects.visible_to(viewer, on=on)
        .filter(cohort=cohort)
        .with_cohort()
        .annotate(
            placed=_listed(WorkshopPlace.objects.held()),
            there=_listed(Attendance.objects.filter(present=True)),
        )
        .order_by("-starts_at", "pk")
    )


def _listed(rows: QuerySet) -> Coalesce:
    """Return how many of these rows of a workshop are about people not shielded."""
    counted = (
        rows.filter(workshop=OuterRef("pk"), person__shielded=False)
        .order_by()
        .values("workshop")
        .annotate(people=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("people")), 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A member of the cohort with their mark, if they have one."""

    person: User
    mark: Attendance | None
    has_place: bool


def lines_of(
    rows: Iterable[CohortMember], *, workshop: Workshop, viewer: User
) -> list[Line]:
    """Return these members, each once, with their marks and places in the workshop."""
    people = list({row.person_id: row.person for row in rows}.values())
    marks = Attendance.objects.visible_to(viewer).filter(
        workshop=workshop, person__in=people
    )
    of = {mark.person_id: mark for mark in marks}
    places = WorkshopPlace.objects.visible_to(viewer).held()
    held = set(
        places.filter(workshop=workshop, person__in=people).values_list(
            "person", flat=True
        )
    )
    return [Line(one, of.get(one.pk), one.pk in held) for one in people]


@dataclass(frozen=True, slots=True)
class Mine:
    """A workshop as a member of its cohort sees it."""

    workshop: Workshop
    has_place: bool
    present: bool | None
    at: datetime

    @property
    def is_ahead(self) -> bool:
        return self.at < self.workshop.starts_at

    @property
    def takes_codes(self) -> bool:
        return self.present is None and rules.takes_codes(
            starts_at=self.workshop.starts_at, ends_at=self.workshop.ends_at, at=self.at
        )


def workshops_for(person: User, *, on: date, at: datetime) -> list[Mine]:
    """Return the workshops of one's cohorts, the next first; those over, for 30 days.

    A cancelled one is there until its day.
    """
    rows = (
        Workshop.objects.for_member(person, on=on)
        .filter(ends_at__gte=at - SHOWN_AFTER)
        .filter(Q(cancelled_at=None) | Q(starts_at__gte=at))
        .with_cohort()
    )
    return [_mine(row, at) for row in _with_own(rows, person).order_by("starts_at")]


def workshops_in_calendar_of(person: User, *, at: datetime) -> list[Mine]:
    """Return those that one attended, however long ago, and those one has a place in.

    A cancelled one is there until its day.
    """
    rows = (
        Workshop.objects.come_to_by(person)
        .filter(Q(cancelled_at=None) | Q(starts_at__gte=at))
        .with_cohort()
    )
    found = [_mine(row, at) for row in _with_own(rows, person)]
    return [one for one in found if one.present or at < one.workshop.ends_at]


def workshop_for(person: User, *, on: date, at: datetime, **which) -> Mine | None:
    """Return one of them, however long ago; None where it is none of theirs."""
    rows = Workshop.objects.for_member(person, on=on).filter(**which).with_cohort()
    found = _with_own(rows, person).first()
    return _mine(found, at) if found else None


def _with_own(rows: QuerySet[Workshop], person: User) -> QuerySet[Workshop]:
    places = WorkshopPlace.objects.own(person).held().filter(workshop=OuterRef("pk"))
    marks = Attendance.objects.own(person).filter(workshop=OuterRef("pk"))
    return rows.annotate(
        has_place=Exists(places), present=Subquery(marks.values("present")[:1])
    )


def _mine(row: Workshop, at: datetime) -> Mine:
    return Mine(row, row.has_place, row.present, at)
