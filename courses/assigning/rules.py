"""What is decided about assignments: when one is due, and what it waits for."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from courses.timing import MOST_EXTRA_MINUTES
from lms.mail.rules import not_before
from lms.people.rules import COHORTS_CLOSE_WITHIN
from lms.people.zones import day_of, end_of

SOON = timedelta(days=7)
MOST_DAYS = 365
MOST_EXTRA_ATTEMPTS = 5
REQUESTS_LAST = timedelta(days=14)
ASKED_AGAIN_AFTER = timedelta(days=1)


class State(StrEnum):
    """Where an assignment stands for one person; a state that waits says for what."""

    NOT_OPEN_YET = "not-open-yet"
    WAITS_FOR_COURSE = "waits-for-course"
    WAITS_FOR_SUPERIOR = "waits-for-superior"
    OPEN = "open"
    DUE_SOON = "due-soon"
    LATE = "late"
    DONE = "done"


WAITING = frozenset(
    {State.NOT_OPEN_YET, State.WAITS_FOR_COURSE, State.WAITS_FOR_SUPERIOR}
)


def due_day(
    *,
    due_on: date | None,
    due_after_days: int | None,
    excepted: date | None,
    joined_on: date,
    assigned_on: date,
) -> date | None:
    """Return the last day on which an assignment is done in time; None: no such day.

    Days are those of the cohort's zone. What was agreed with the person (`excepted`)
    goes first, then the day set for all, then so many days after the later of joining
    for the first time and assigning. The last day of the cohort does not cut it: who
    joins late has the days that were promised.
    """
    if excepted or due_on:
        return excepted or due_on
    if due_after_days is None:
        return None
    return max(joined_on, assigned_on) + timedelta(days=due_after_days)


def due_moment(due_on: date, *, zone: ZoneInfo) -> datetime:
    """Return the first moment at which it is late: the end of that day in the zone."""
    return end_of(due_on, zone=zone)


def day_of_the_letter(assigned_at: datetime, *, zone: ZoneInfo) -> date:
    """Return on which day of the zone members are told of what was assigned then.

    What is assigned in an evening or over a weekend is told together.
    """
    return day_of(not_before(assigned_at, zone=zone), zone=zone)


def is_late(due_on: date | None, *, zone: ZoneInfo, at: datetime) -> bool:
    """Whether the due day is over where the cohort is."""
    return due_on is not None and at >= due_moment(due_on, zone=zone)


def state_of(
    *,
    done: bool,
    begun: bool,
    opens_on: date | None,
    due_on: date | None,
    waits_for_course: bool,
    waits_for_superior: bool,
    zone: ZoneInfo,
    at: datetime,
) -> State:
    """Return where an assignment stands for a person.

    Whoever has begun waits for nothing any more. Else what hinders is said first, also
    when the due day is over: it is what must happen next.
    """
    today = day_of(at, zone=zone)
    if done:
        return State.DONE
    if not begun and opens_on and today < opens_on:
        return State.NOT_OPEN_YET
    if not begun and waits_for_course:
        return State.WAITS_FOR_COURSE
    if not begun and waits_for_superior:
        return State.WAITS_FOR_SUPERIOR
    if is_late(due_on, zone=zone, at=at):
        return State.LATE
    if due_on and due_on - today <= SOON:
        return State.DUE_SOON
    return State.OPEN


class Superior(StrEnum):
    """How far it is where a superior approves first, and so who must act."""

    SHIELDED = "shielded"  # nobody is asked about them
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    UNNAMED = "unnamed"
    NOT_ASKED = "not-asked"
    ASKED = "asked"
    UNANSWERED = "unanswered"  # in time


# The learner names the superior, or starts: then they are asked, or asked again.
LEARNER_ACTS = frozenset({Superior.UNNAMED, Superior.NOT_ASKED, Superior.UNANSWERED})


def superior_of(
    *,
    shielded: bool,
    named: bool,
    confirmed: bool,
    refused: bool,
    asked: bool,
    in_time: bool,
) -> Superior:
    """Return how far the question to a superior is, for who still waits for one.

    `asked`: the superior of today was; `in_time`: and may still answer.
    """
    steps = {
        Superior.SHIELDED: shielded,
        Superior.UNCONFIRMED: named and not confirmed,
        Superior.REFUSED: refused,
        Superior.UNNAMED: not named,
        Superior.NOT_ASKED: not asked,
        Superior.ASKED: in_time,
    }
    return next((step for step, holds in steps.items() if holds), Superior.UNANSWERED)


def is_spared(*, shielded: bool, by_oneself_on: date | None, assigned_on: date) -> bool:
    """Whether a shield spares a person the word of a superior.

    About a shielded person nobody is written to, so nobody is asked about them either.
    A shield that somebody else set spares always (`by_oneself_on` is None then). One's
    own spares what is assigned after the day on which it was set, not what was assigned
    to the person by then (`assigned_on`, not before they joined): else they would set
    it, begin and lift it, asked of nobody. They lift it and a superior is asked, or a
    trainer sets another one. What is accepted: who was shielded before is spared, and
    may lift the shield once they have begun.
    """
    return shielded and (by_oneself_on is None or by_oneself_on < assigned_on)


def needs_superior(*, asks: bool, spared: bool, approved: bool) -> bool:
    """Whether a superior has to approve first."""
    return asks and not spared and not approved


def counts_as_done(
    *, completed_at: datetime, assigned_at: datetime, in_current_run: bool
) -> bool:
    """Whether a completed enrolment does what the assignment asks.

    What was completed before counts while its run is the current one, for then nobody
    could take the course anew; what was completed since counts whatever follows.
    """
    return in_current_run or completed_at >= assigned_at


def reasons_to_wait(states: Sequence[State]) -> list[str]:
    """Return why somebody may not begin a course yet; empty when they may.

    `states` are those of each of their assignments of the course. What anybody may
    take alone is not taken away by being assigned it: one assignment that waits for
    nothing is enough, and so is none.
    """
    if not states or not WAITING.issuperset(states):
        return []
    return sorted({state.value for state in states})


@dataclass(frozen=True, slots=True)
class Dates:
    """When an assignment opens and is due, as it is asked for."""

    opens_on: date | None = None
    due_on: date | None = None
    due_after_days: int | None = None


def refusals_of_dates(
    dates: Dates, *, assigned_on: date, last_day: date, today: date, new_due: bool
) -> list[str]:
    """Return why an assignment cannot have these dates, as stable words.

    `last_day` is the cohort's; `new_due` whether the due day is being set, for one that
    has passed since may stay.
    """
    opens, due, days = dates.opens_on, dates.due_on, dates.due_after_days
    earliest = due or (days is not None and assigned_on + timedelta(days=days)) or None
    why = {
        "due-in-two-ways": due is not None and days is not None,
        "opens-after-the-cohort": opens is not None and opens > last_day,
        "due-in-the-past": due is not None and new_due and due < today,
        "due-after-the-cohort": due is not None and due > last_day,
        "due-before-it-opens": bool(opens and earliest and earliest < opens),
    }
    return [reason for reason, holds in why.items() if holds]


def breaks_the_order(order: Sequence[UUID], after: dict[UUID, UUID | None]) -> bool:
    """Whether some assignment would come before the one that it waits for.

    `after` names what each waits for; what is not in the order any more binds nobody.
    """
    places = {key: place for place, key in enumerate(order)}
    return any(
        places[first] >= places[key]
        for key, first in after.items()
        if first in places and key in places
    )


def refusals_to_except(
    *,
    own: bool,
    is_member: bool,
    opens_on: date | None,
    due_on: date | None,
    extra_attempts: int,
    extra_minutes: int,
    last_day: date,
    today: date,
) -> list[str]:
    """Return why an exception cannot be made, as stable words.

    It is for somebody else and changes something, and its day lies between today and
    the closing of the books. Extra minutes are for a final test with a time limit, in
    the attempts that begin from then on; more time for all else is a later day.
    """
    why = {
        "own-exception": own,
        "not-a-member": not is_member,
        "nothing-different": due_on is None
        and not extra_attempts
        and not extra_minutes,
        "due-in-the-past": due_on is not None and due_on < today,
        "due-before-it-opens": bool(due_on and opens_on and due_on < opens_on),
        "due-too-late": due_on is not None and due_on > last_day + COHORTS_CLOSE_WITHIN,
        "too-many-attempts": not 0 <= extra_attempts <= MOST_EXTRA_ATTEMPTS,
        "too-many-minutes": not 0 <= extra_minutes <= MOST_EXTRA_MINUTES,
    }
    return [reason for reason, holds in why.items() if holds]


def may_ask_again(*, refused_at: datetime | None, at: datetime) -> bool:
    """Whether a superior who said no may be asked once more: not the same day."""
    return refused_at is None or at >= refused_at + ASKED_AGAIN_AFTER


def token_of(purpose: str, uuid: UUID, *, key: str, counter: int = 0) -> str:
    """Return the secret word of a link (HMAC-SHA-256, hex), drawn anew from the key."""
    message = f"{purpose}\n{uuid}\n{counter}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Return what is stored of a token (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()
