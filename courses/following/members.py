"""How does each member of a cohort fare, and who needs help first?

As many queries for one member as for five hundred. People come from `members_of`, who
may be seen; what they did is asked within sight as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from courses.assigning.standing import Standing, standing_of, standings_in
from courses.following import facts, rules
from courses.following.reminding import clocks_of, refusals_of
from courses.following.rules import Case, Need
from courses.models import Attempt
from lms.folding import folded_text
from lms.mail.bounces import came_back
from lms.mail.rules import not_before
from lms.people.models import Cohort, CohortMember, User
from lms.people.zones import day_of
from lms.team.cohorts import members_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Followed:
    """A member with all that says whether they need help."""

    row: CohortMember
    standings: list[Standing]
    tries: list[Attempt]  # at final tests, handed in, oldest first
    last_at: datetime | None
    reminded_at: datetime | None  # by this cohort
    leaves_at: datetime | None  # when a reminder that still waits goes out
    came_back: bool
    refusals: list[str]  # why a reminder would reach nobody now
    case: Case
    needs: list[Need]

    @property
    def person(self) -> User:
        return self.row.person

    @property
    def done(self) -> int:
        return sum(one.done for one in self.standings)

    @property
    def total(self) -> int:
        return sum(one.total for one in self.standings)

    @property
    def courses_done(self) -> int:
        return sum(one.is_done for one in self.standings)

    @property
    def test(self) -> Attempt | None:
        """The latest attempt at a final test."""
        return self.tries[-1] if self.tries else None

    @property
    def open_standings(self) -> list[Standing]:
        """What they are assigned and have not finished."""
        return [one for one in self.standings if not one.is_done]

    @property
    def is_late(self) -> bool:
        return Need.LATE in self.needs

    @property
    def is_silent(self) -> bool:
        return Need.SILENT in self.needs

    @property
    def is_due_soon(self) -> bool:
        return Need.DUE_SOON in self.needs


SHOWN: dict[str, Callable[[Followed], bool]] = {
    "help": lambda one: rules.needs_help(one.needs),
    "soon": lambda one: one.is_due_soon,
    "done": lambda one: one.case.finished,
    "all": lambda one: True,
}
NEVER = datetime.min.toordinal()


def _share(one: Followed) -> float:
    return one.done / one.total if one.total else 0


# What a reader may sort by; whoever is equal in it stays in the order of urgency.
SORTS: dict[str, Callable[[Followed], tuple]] = {
    "need": lambda one: (),
    "name": lambda one: (one.case.name, one.case.key),
    "progress": lambda one: (_share(one),),
    "activity": lambda one: (one.last_at.timestamp() if one.last_at else NEVER,),
    "due": lambda one: (one.case.due_on or date.max,),
    "reminder": lambda one: (
        one.reminded_at.timestamp() if one.reminded_at else NEVER,
    ),
}


def followed_in(cohort: Cohort, *, viewer: User, at: datetime) -> list[Followed]:
    """Return the members whom the viewer may see, who needs help first at the front."""
    rows = members_of(cohort, viewer=viewer, on=timezone.localdate(at))
    return followed_of(cohort, rows, viewer=viewer, at=at)


def followed_of(
    cohort: Cohort, rows: Iterable[CohortMember], *, viewer: User, at: datetime
) -> list[Followed]:
    """Return the same of these members, who are in the viewer's sight."""
    on, sight = day_of(at, zone=cohort.zone), timezone.localdate(at)
    rows = list(rows)
    people = [row.person for row in rows]
    keys = [person.pk for person in people]
    standings = standing_of(cohort, people, at=at)
    tries = facts.tries_of(keys, viewer=viewer, on=sight)
    last = facts.last_activity(keys, viewer=viewer, on=sight)
    reminded = facts.reminded_in([cohort.pk], keys, viewer=viewer, on=sight)
    leaving = facts.leaving_in([cohort.pk], keys, viewer=viewer, on=sight, at=at)
    returned, clocks = came_back(people), clocks_of(keys)
    found = [
        _followed(
            row,
            standings=standings.get(row.person_id, []),
            tries=tries.get(row.person_id, []),
            last_at=last.get(row.person_id),
            reminded_at=reminded.get((cohort.pk, row.person_id)),
            leaves_at=leaving.get((cohort.pk, row.person_id)),
            came_back=row.person_id in returned,
            clock=clocks.get(row.person_id),
            cohort=cohort,
            at=at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: rules.urgency(one.case, on=on))


def followed_across(
    rows: Iterable[CohortMember], *, viewer: User, at: datetime
) -> list[Followed]:
    """Return the same of members of several cohorts, in no order.

    They come with person and cohort, the earliest first.
    """
    rows, sight = list(rows), timezone.localdate(at)
    keys = {row.person_id for row in rows}
    standings = standings_in(rows, at=at)
    tries = facts.tries_of(keys, viewer=viewer, on=sight)
    last = facts.last_activity(keys, viewer=viewer, on=sight)
    cohorts = {row.cohort_id for row in rows}
    reminded = facts.reminded_in(cohorts, keys, viewer=viewer, on=sight)
    leaving = facts.leaving_in(cohorts, keys, viewer=viewer, on=sight, at=at)
    returned, clocks = came_back([row.person for row in rows]), clocks_of(keys)
    return [
        _followed(
            row,
            standings=[
                one
                for one in standings.get(row.person_id, [])
                if one.assignment.cohort_id == row.cohort_id
            ],
            tries=tries.get(row.person_id, []),
            last_at=last.get(row.person_id),
            reminded_at=reminded.get((row.cohort_id, row.person_id)),
            leaves_at=leaving.get((row.cohort_id, row.person_id)),
            came_back=row.person_id in returned,
            clock=clocks.get(row.person_id),
            cohort=row.cohort,
            at=at,
        )
        for row in rows
    ]


def _followed(
    row: CohortMember,
    *,
    standings: list[Standing],
    tries: list[Attempt],
    last_at: datetime | None,
    came_back: bool,
    clock: datetime | None,
    cohort: Cohort,
    at: datetime,
    **more,
) -> Followed:
    on = day_of(at, zone=cohort.zone)
    last_on = last_day(row, standings, last_at, zone=cohort.zone)
    case = case_of(row.person, standings, tries=tries, last_on=last_on)
    return Followed(
        row=row,
        standings=standings,
        tries=[one for one in tries if one.enrolment_id in _taken(standings)],
        last_at=last_at,
        case=case,
        needs=rules.needs_of(case, on=on),
        came_back=came_back,
        refusals=refusals_of(
            standings,
            came_back=came_back,
            clock=clock,
            at=not_before(at, zone=cohort.zone),
        ),
        **more,
    )


def last_day(
    row: CohortMember,
    standings: Iterable[Standing],
    last_at: datetime | None,
    *,
    zone: ZoneInfo,
) -> date:
    """Return since when a member is silent.

    Never before they came into the cohort, or before the oldest of what they can go on
    with was assigned, and open: who had done all until then had nothing to do. What is
    assigned to somebody who has not done the rest gives no fresh start.
    """
    days = [row.joined_on(zone)]
    if last_at:
        days.append(day_of(last_at, zone=zone))
    begins = [_begins_on(one, zone=zone) for one in standings if one.can_go_on]
    return max([*days, *([min(begins)] if begins else [])])


def _begins_on(one: Standing, *, zone: ZoneInfo) -> date:
    """Return the first day on which somebody could do something about it."""
    assigned_on = day_of(one.assignment.assigned_at, zone=zone)
    return max(assigned_on, one.assignment.opens_on or assigned_on)


def _taken(standings: Iterable[Standing]) -> set[UUID]:
    return {one.enrolment.pk for one in standings if one.enrolment}


def case_of(
    person: User,
    standings: list[Standing],
    *,
    tries: Iterable[Attempt] = (),
    last_on: date,
) -> Case:
    """Return what the rules ask about a person."""
    active = [one for one in standings if one.is_asked_for]
    under_way = _taken(active)
    passed = {one.enrolment_id for one in tries if one.passed}
    return Case(
        name=person.folded_name,
        key=person.pk,
        finished=bool(standings) and all(one.is_done for one in standings),
        can_go_on=any(one.can_go_on for one in active),
        due_on=min((one.due_on for one in active if one.due_on), default=None),
        last_on=last_on,
        failed=sum(
            not one.passed and one.enrolment_id in under_way - passed for one in tries
        ),
    )


def narrowed(
    found: Iterable[Followed], *, show: str, words: str, sort: str
) -> list[Followed]:
    """Keep those that the filter shows, with those words in their name, in order."""
    asked = folded_text(words).split()
    kept = [
        one
        for one in found
        if SHOWN[show](one) and all(word in one.case.name for word in asked)
    ]
    return sorted(kept, key=SORTS[sort])
