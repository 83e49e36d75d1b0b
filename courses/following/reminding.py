"""Whom would a reminder reach now, and why not the others?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from courses.assigning.rules import State
from courses.assigning.standing import Standing, standing_of
from courses.following import rules
from courses.models import Reminder, ReminderClock
from lms.mail.bounces import came_back
from lms.mail.rules import not_before
from lms.people.models import Cohort, CohortMember, User
from lms.team.cohorts import members_of


@dataclass(frozen=True, slots=True)
class Line:
    """One member, what the letter would say, and what speaks against it."""

    person: User
    due_on: date | None
    is_late: bool
    refusals: list[str]
    reminded_at: datetime | None  # where the last reminder is one of this cohort


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
    ours = _last_of(cohort, keys)
    leaves = not_before(at, zone=cohort.zone)
    return [
        _line(
            person,
            standings.get(person.pk, []),
            came_back=person.pk in returned,
            clock=clocks.get(person.pk),
            ours=ours.get(person.pk),
            at=leaves,
        )
        for person in people
    ]


def _last_of(cohort: Cohort, people: list[int]) -> dict[int, datetime]:
    """Return when the last reminder of this cohort left, by the person's key."""
    rows = Reminder.objects.filter(cohort=cohort, person__in=people).to_the_person()
    last = rows.order_by("at").values_list("person", "at")
    return {key: not_before(at, zone=cohort.zone) for key, at in dict(last).items()}


def _line(
    person: User,
    standings: list[Standing],
    *,
    came_back: bool,
    clock: datetime | None,
    ours: datetime | None,
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
            reminded_at=clock,
            at=at,
        ),
        reminded_at=ours if ours == clock else None,
    )


def first_open(standings: Iterable[Standing]) -> Standing | None:
    """Return what a person can go on with that is due first; None: nothing."""
    active = [one for one in standings if one.state != State.DONE and not one.waits]
    return min(active, key=lambda one: one.due_on or date.max, default=None)
