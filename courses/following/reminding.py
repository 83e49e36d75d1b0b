"""Whom would a reminder reach now, and why not the others?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from courses.assigning.rules import Superior
from courses.assigning.standing import Standing, standing_of
from courses.following import rules
from courses.models import Reminder, ReminderClock
from lms.mail.bounces import came_back
from lms.mail.rules import not_before
from lms.people.models import Cohort, CohortMember, User
from lms.team.cohorts import members_of


@dataclass(frozen=True, slots=True)
class Line:
    """One member, what the letter would say, and what speaks against it.

    `opens`: what the person can go on with; `asked`: what their superior is reminded
    to answer.
    """

    person: User
    opens: Standing | None
    asked: Standing | None
    refusals: list[str]
    reminded_at: datetime | None  # where the last reminder is one of this cohort

    @property
    def due_on(self) -> date | None:
        one = self.opens or self.asked
        return one.due_on if one else None

    @property
    def is_late(self) -> bool:
        one = self.opens or self.asked
        return bool(one and one.late)


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
    clocks = clocks_of(keys)
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


def clocks_of(people: Collection[int]) -> dict[int, datetime | None]:
    """Return when the last reminder of each left or leaves, whoever's it was."""
    clocks = ReminderClock.objects.filter(person__in=people)
    return dict(clocks.values_list("person", "reminded_at"))


def refusals_of(
    standings: Iterable[Standing],
    *,
    came_back: bool,
    clock: datetime | None,
    at: datetime,
) -> list[str]:
    """Return why a member gets nothing, neither they nor their superior."""
    standings = list(standings)
    asked = first_asked(standings)
    return rules.refusals_to_remind(
        has_something_open=bool(first_open(standings) or asked),
        came_back=came_back and not asked,
        reminded_at=clock,
        at=at,
    )


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
    return Line(
        person=person,
        opens=first_open(standings),
        asked=first_asked(standings),
        refusals=refusals_of(standings, came_back=came_back, clock=clock, at=at),
        reminded_at=ours if ours == clock else None,
    )


def first_open(standings: Iterable[Standing]) -> Standing | None:
    """Return what a person can go on with that is due first; None: nothing."""
    return _first(one for one in standings if one.can_go_on)


def first_asked(standings: Iterable[Standing]) -> Standing | None:
    """Return what waits for a superior's answer that is due first; None: nothing."""
    return _first(one for one in standings if one.superior is Superior.ASKED)


def _first(standings: Iterable[Standing]) -> Standing | None:
    return min(standings, key=lambda one: one.due_on or date.max, default=None)
