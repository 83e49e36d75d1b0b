"""Whom would a reminder reach now, and why not the others?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from courses.assigning.rules import State
from courses.assigning.standing import Standing, standing_of
from courses.following import rules
from courses.models import ReminderClock
from lms.mail.bounces import came_back
from lms.people.models import Cohort, CohortMember, User
from lms.team.cohorts import members_of


@dataclass(frozen=True, slots=True)
class Line:
    """One member, what the letter would say, and what speaks against it."""

    person: User
    due_on: date | None
    is_late: bool
    refusals: list[str]
    reminded_at: datetime | None  # by whomever


def plan(
    cohort: Cohort, people: Collection[UUID], *, viewer: User, at: datetime
) -> list[Line]:
    """Return a line for each of these members whom the viewer may see, by name."""
    seen = members_of(cohort, viewer=viewer, on=timezone.localdate(at))
    return lines_of(cohort, seen.filter(person__uuid__in=people), at=at)


def lines_of(
    cohort: Cohort, rows: Iterable[CohortMember], *, at: datetime
) -> list[Line]:
    """Return a line for each of these members."""
    people = [row.person for row in rows]
    keys = [person.pk for person in people]
    standings = standing_of(cohort, people, at=at)
    returned = came_back(people)
    clocks = dict(
        ReminderClock.objects.filter(person__in=keys).values_list(
            "person", "reminded_at"
        )
    )
    return [
        _line(
            person,
            standings.get(person.pk, []),
            came_back=person.pk in returned,
            reminded_at=clocks.get(person.pk),
            at=at,
        )
        for person in people
    ]


def _line(
    person: User,
    standings: list[Standing],
    *,
    came_back: bool,
    reminded_at: datetime | None,
    at: datetime,
) -> Line:
    first = first_open(standings)
    return Line(
        person=person,
        due_on=first.due_on if first else None,
        is_late=bool(first and first.late),
        refusals=rules.refusals_to_remind(
            has_something_open=first is not None,
            came_back=came_back,
            reminded_at=reminded_at,
            at=at,
        ),
        reminded_at=reminded_at,
    )


def first_open(standings: Iterable[Standing]) -> Standing | None:
    """Return what a person can go on with that is due first; None: nothing."""
    active = [one for one in standings if one.state != State.DONE and not one.waits]
    return min(active, key=lambda one: one.due_on or date.max, default=None)
