"""When does a certificate count for a duty post, and is the post covered that day?"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certificates.rules import months_after
from lms.thresholds import SOON

FOR_GOOD = date.max


class State(StrEnum):
    """How a post is covered, the worst first."""

    UNNAMED = "unnamed"  # nobody is named for it
    GAP = "gap"  # somebody is, and nobody is certified
    LAPSING = "lapsing"  # certified today, and not in ninety days
    COVERED = "covered"


GAPS = (State.UNNAMED, State.GAP)


@dataclass(frozen=True, slots=True)
class Award:
    """What counts of a certificate, for a post that requires its course."""

    issued_on: date
    valid_until: date | None
    track: str
    stands: bool  # neither revoked nor suspended nor superseded


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the post today: until when, with which certificates."""

    until_on: date | None
    awards: tuple[Award, ...] = ()


def last_day(award: Award, *, track: str, cadence: int | None) -> date | None:
    """Return the last day on which it counts for the post; None: it never does."""
    if not award.stands or track not in ("", award.track):
        return None
    renewed = FOR_GOOD if cadence is None else months_after(award.issued_on, cadence)
    return min(award.valid_until or FOR_GOOD, renewed)


def earliest_issue(on: date, *, months: int) -> date:
    """Return the first day of issue from which a certificate of so many months counts.

    The counterpart of `months_after`: where the month so long ago is shorter than the
    day asked for, that is the first of the next one.
    """
    years, month = divmod(on.month - 1 - months, 12)
    year, month = on.year + years, month + 1
    if on.day <= monthrange(year, month)[1]:
        return date(year, month, on.day)
    return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)


def covered_until(
    holders: Iterable[Holder], *, track: str, cadence: int | None, on: date
) -> date | None:
    """Return the last day on which somebody certified holds the post; None: not today.

    Nothing is renewed and nobody is named meanwhile: that is what would lapse.
    """
    days = [
        min(holder.until_on or FOR_GOOD, last)
        for holder in holders
        for award in holder.awards
        if award.issued_on <= on
        and (last := last_day(award, track=track, cadence=cadence)) is not None
    ]
    return max((day for day in days if day >= on), default=None)


def state(*, named: bool, until: date | None, on: date) -> State:
    """Return how a post is covered whose certified holders last until that day."""
    if until is not None:
        return State.COVERED if until >= on + SOON else State.LAPSING
    return State.GAP if named else State.UNNAMED


def percent(part: int, whole: int) -> int:
    """Return a share in whole percent, never 100 where something is missing."""
    if not whole:
        return 0
    rounded = (200 * part + whole) // (2 * whole)
    return min(rounded, 99) if part < whole else rounded
