"""How do whole cohorts fare? Figures of whom they list (`lms.team.cohorts.counted_in`).

As many queries for one cohort as for fifty.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from courses.assigning.standing import Standing, standings_in
from courses.following import facts, rules
from courses.following.members import case_of, last_day
from courses.following.rules import Case, Need, Stage
from lms.people.models import Cohort, CohortMember, User
from lms.people.zones import day_of
from lms.team import cohorts as team


@dataclass(frozen=True, slots=True)
class Counted:
    """One membership, as it is counted."""

    row: CohortMember
    case: Case
    standings: list[Standing]
    needs: list[Need]
    begun: bool
    due_on: date | None  # the next day from today on, of what is open


@dataclass(frozen=True, slots=True)
class Figures:
    """A cohort in figures."""

    cohort: Cohort
    people: int
    done: int
    under_way: int
    not_begun: int
    silent: int
    late: int
    next_due: date | None
    missed: date | None  # the first day that somebody who is late has missed
    stage: Stage
    programmes: list[list[Standing]]  # of each of them


def counted_in(cohorts: Iterable[Cohort], *, at: datetime) -> list[Counted]:
    """Return the memberships of today in these cohorts, each as it is counted."""
    on = timezone.localdate(at)
    rows = list(
        team.counted_in(list(cohorts), on=on)
        .select_related("person", "cohort")
        .order_by("from_on", "pk")
    )
    people = {row.person_id for row in rows}
    standings = standings_in(rows, at=at)
    tries = facts.tries_of(people, viewer=None, on=on)
    last = facts.last_activity(people, viewer=None, on=on)
    return [
        _counted(
            row,
            [s for s in standings[row.person_id] if _is_of(s, row)],
            tries=tries.get(row.person_id, []),
            last_at=last.get(row.person_id),
            at=at,
        )
        for row in rows
    ]


def _is_of(standing: Standing, row: CohortMember) -> bool:
    return standing.assignment.cohort_id == row.cohort_id


def _counted(
    row: CohortMember,
    standings: list[Standing],
    *,
    tries: list,
    last_at: datetime | None,
    at: datetime,
) -> Counted:
    zone = row.cohort.zone
    on = day_of(at, zone=zone)
    last_on = last_day(row, standings, last_at, zone=zone)
    case = case_of(row.person, standings, tries=tries, last_on=last_on)
    ahead = [s.due_on for s in standings if s.due_on and s.due_on >= on and s.missing]
    return Counted(
        row=row,
        case=case,
        standings=standings,
        needs=rules.needs_of(case, on=on),
        begun=any(one.enrolment for one in standings),
        due_on=min(ahead, default=None),
    )


def figures_of(cohorts: Iterable[Cohort], *, at: datetime) -> list[Figures]:
    """Return the figures of each of these cohorts, in their order."""
    cohorts = list(cohorts)
    members: dict[int, list[Counted]] = defaultdict(list)
    for one in counted_in(cohorts, at=at):
        members[one.row.cohort_id].append(one)
    return [_figures(cohort, members[cohort.pk], at=at) for cohort in cohorts]


def latest_first(found: Iterable[Figures]) -> list[Figures]:
    """Return them with the cohorts first in which somebody is late."""
    return sorted(
        found,
        key=lambda one: rules.stands_before(
            one.stage, late=one.late, next_due=one.next_due
        ),
    )


def _figures(cohort: Cohort, members: list[Counted], *, at: datetime) -> Figures:
    done = sum(one.case.finished for one in members)
    begun = sum(one.begun for one in members)
    late = [one for one in members if Need.LATE in one.needs]
    people = len({one.row.person_id for one in members})
    return Figures(
        cohort=cohort,
        people=people,
        done=done,
        under_way=sum(one.begun and not one.case.finished for one in members),
        not_begun=sum(not one.begun and not one.case.finished for one in members),
        silent=sum(Need.SILENT in one.needs for one in members),
        late=len(late),
        next_due=min((one.due_on for one in members if one.due_on), default=None),
        missed=min((one.case.due_on for one in late if one.case.due_on), default=None),
        stage=rules.stage_of(
            archived=cohort.archived_at is not None,
            until_on=cohort.until_on,
            people=people,
            done=done,
            begun=begun,
            late=len(late),
            on=day_of(at, zone=cohort.zone),
        ),
        programmes=[one.standings for one in members],
    )


def waits_for(trainer: User, at: datetime) -> bool:
    """Whether somebody in the trainer's cohorts needs help."""
    return digest_for(trainer, at=at).help > 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What the letter of the week tells a trainer."""

    cohorts: int
    people: int
    help: int
    soon: int


def digest_for(trainer: User, *, at: datetime) -> Digest:
    """Return the figures of all cohorts at work that the trainer sees now.

    Whoever learns in two of them is one person.
    """
    seen = Cohort.objects.visible_to(trainer, on=timezone.localdate(at))
    cohorts = list(seen.at_work())
    members = counted_in(cohorts, at=at)
    return Digest(
        cohorts=len(cohorts),
        people=len({one.row.person_id for one in members}),
        help=len({o.row.person_id for o in members if rules.needs_help(o.needs)}),
        soon=len({o.row.person_id for o in members if Need.DUE_SOON in o.needs}),
    )
