"""Who needs help first, who may be reminded, and when does the clock remind?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.people.rules import COHORTS_CLOSE_WITHIN

SILENT_DAYS = 14
SOON_DAYS = 7
# One reminder per person, whoever sends it and about whatever cohort.
REMIND_AGAIN_AFTER = timedelta(hours=48)


class Need(StrEnum):
    """Why somebody needs help, the most pressing reason first."""

    LATE = "late"
    SILENT = "silent"
    DUE_SOON = "due-soon"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a member on a day.

    `can_go_on` is whether they can do something about what is assigned: who waits for
    somebody else is not silent. `due_on` is the next day, or the first one missed, of
    what is asked for: what opens later, or waits for another course, is nobody's delay;
    what waits for a superior's word is late all the same. `last_on` is the day of their
    last activity; without one, their first day in the cohort. `name` is folded; `key`
    is theirs alone.
    """

    name: str
    key: int
    finished: bool
    can_go_on: bool
    due_on: date | None
    last_on: date
    failed: int  # failed attempts at tests that are not passed yet


def needs_of(case: Case, *, on: date) -> list[Need]:
    """Return why the member needs help that day; empty when they do not."""
    if case.finished:
        return []
    left = (case.due_on - on).days if case.due_on else None
    holds = {
        Need.LATE: left is not None and left < 0,
        Need.SILENT: case.can_go_on and (on - case.last_on).days >= SILENT_DAYS,
        Need.DUE_SOON: left is not None and 0 <= left <= SOON_DAYS,
        Need.FAILED: case.failed > 0,
    }
    return [need for need in Need if holds[need]]


def needs_help(needs: Iterable[Need]) -> bool:
    """Whether a trainer should write: that a day comes near is no trouble yet."""
    return any(need is not Need.DUE_SOON for need in needs)


class Snag(StrEnum):
    """What keeps somebody from finishing, the most pressing first."""

    LATE = "late"
    SILENT = "silent"
    FAILED = "failed"
    APPROVAL = "approval"
    MAIL = "mail"


SNAGS = {  # that a day comes near is none
    Need.LATE: Snag.LATE,
    Need.SILENT: Snag.SILENT,
    Need.FAILED: Snag.FAILED,
}


def snags_of(
    needs: Iterable[Need], *, waits_for_approval: bool, came_back: bool
) -> list[Snag]:
    """Return what a trainer should look into; empty when there is nothing.

    That mail comes back is a snag of who has something to do: `needs`, or an approval.
    """
    needs = set(needs)
    found = [snag for need, snag in SNAGS.items() if need in needs]
    if waits_for_approval:
        found.append(Snag.APPROVAL)
    if came_back and (needs or found):
        found.append(Snag.MAIL)
    return found


def urgency(case: Case, *, on: date) -> tuple[int, int, str, int]:
    """Return what to sort members by, who needs help first at the front.

    Late, silent, due soon, failed, then everybody under way, then who has finished;
    within these the longest late or silent, the sooner due, the more often failed. Two
    members never compare equal.
    """
    needs = needs_of(case, on=on)
    if not needs:
        return (len(Need) + case.finished, 0, case.name, case.key)
    match needs[0]:
        case Need.SILENT:
            within = case.last_on.toordinal()
        case Need.FAILED:
            within = -case.failed
        case _:
            within = case.due_on.toordinal() if case.due_on else 0
    return (list(Need).index(needs[0]), within, case.name, case.key)


def refusals_to_remind(
    *,
    has_something_open: bool,
    came_back: bool,
    reminded_at: datetime | None,
    at: datetime,
) -> list[str]:
    """Return why a member gets no reminder now, as stable words.

    `came_back`: mail to their address was returned.
    """
    why = {
        "nothing-open": not has_something_open,
        "mail-came-back": came_back,
        "reminded-lately": reminded_at is not None
        and at < reminded_at + REMIND_AGAIN_AFTER,
    }
    return [reason for reason, holds in why.items() if holds]


@dataclass(frozen=True, slots=True)
class Step:
    """So many days before (or, below zero, after) a due day the clock reminds.

    It may come up to `patience` days later: for a worker that was dead, and for who was
    reminded of something else the day before.
    """

    days: int
    patience: int

    def holds(self, left: int) -> bool:
        return self.days - self.patience <= left <= self.days


STEPS = (Step(7, 2), Step(1, 1), Step(-1, 2), Step(-7, 2))


def step_of(due_on: date, *, on: date) -> Step | None:
    """Return which reminder of the clock is due that day; None: no one is."""
    left = (due_on - on).days
    return next((step for step in STEPS if step.holds(left)), None)


def is_to_be_escalated(due_on: date, *, after: int | None, on: date) -> bool:
    """Whether the superior is told: `after` days late, or more; None: never."""
    return after is not None and (on - due_on).days >= after


def is_at_work(*, from_on: date, until_on: date, on: date) -> bool:
    """Whether a cohort has begun and its books are not closed on a day there."""
    return from_on <= on <= until_on + COHORTS_CLOSE_WITHIN


class Stage(StrEnum):
    """Where a cohort stands."""

    FRESH = "fresh"
    RUNNING = "running"
    LATE = "late"
    ENDED = "ended"  # its last day is over, and not everybody has finished
    FINISHED = "finished"
    ARCHIVED = "archived"


def stage_of(
    *,
    archived: bool,
    until_on: date,
    people: int,
    done: int,
    begun: int,
    late: int,
    on: date,
) -> Stage:
    """Return where a cohort stands: how many have begun, are done, are late."""
    if archived:
        return Stage.ARCHIVED
    if people and done == people:
        return Stage.FINISHED
    if until_on < on:
        return Stage.ENDED
    if late:
        return Stage.LATE
    return Stage.RUNNING if begun else Stage.FRESH


ORDER = (
    Stage.LATE,
    Stage.RUNNING,
    Stage.FRESH,
    Stage.ENDED,
    Stage.FINISHED,
    Stage.ARCHIVED,
)


def stands_before(
    stage: Stage, *, late: int, next_due: date | None
) -> tuple[int, int, date]:
    """Return what to sort cohorts by: those first in which somebody is late.

    Then those at work by the next day on which something is due, those not begun, and
    those that are over; everything else stays in its order.
    """
    return (ORDER.index(stage), -late, next_due or date.max)


def is_day_of_the_digest(day: date) -> bool:
    """Whether the letter of the week goes out: on Monday, on Tuesday if none did."""
    return day.weekday() <= 1


def week_of(day: date) -> str:
    """Return the name of the week (ISO 8601): "2026-W45"."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"
