"""How long do rooms, invitations and cohorts last, and who belongs into a cohort?"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms import crockford
from lms.thresholds import TO_TRAINERS

MINUTES = (10, 20, 30, 60)
INVITATIONS_LAST = timedelta(days=7)
CODE_LENGTH = 8  # × 5 bits = 40 bits, for hours
CODE_HOURS = (1, 2, 4, 8)
MOST_CODE_PLACES = 600
MOST_ADDRESSES = 50  # that are typed at a time; longer lists are imported


def invitation_token(invitation: UUID, *, key: str) -> str:
    """Return the secret word of an invitation's link (HMAC-SHA-256, hex).

    Drawn anew from the site's key whenever a letter is written, it is stored nowhere.
    """
    message = b"invitation\n" + invitation.bytes
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Return what is stored of a token (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


COHORTS_LAST = 3  # years at most
COHORTS_BEGIN_WITHIN = 2  # years from today
MOST_RULES = 20


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def cohort_refusals(
    *,
    from_on: date,
    until_on: date,
    on: date,
    theirs: bool = True,
    was: tuple[date, date] | None = None,
    has_members: bool = False,
) -> list[str]:
    """Return why a cohort cannot have these days: stable words, none when it can.

    `theirs`: whoever forms it trains in its country. `was`: its first and last day so
    far. A last day that has passed stays where it was, or moves to today or later; a
    cohort that has begun with somebody in it does not begin anew.
    """
    too_late = from_on > years_after(on, COHORTS_BEGIN_WITHIN)
    backwards = until_on < from_on
    too_long = not too_late and until_on > years_after(from_on, COHORTS_LAST)
    moved_end = was is None or until_on != was[1]
    begun = was is not None and was[0] <= on < from_on
    why = {
        "not-your-country": not theirs,
        "ends-before-it-begins": backwards,
        "over-already": not backwards and moved_end and until_on < on,
        "begins-too-late": too_late,
        "too-long": too_long,
        "has-begun": begun and has_members,
    }
    return [reason for reason, holds in why.items() if holds]


def last_day_of(on: date) -> date:
    """Return the last day of what ends that day: the one before, so it is over at once.

    What began that day has no day at all then.
    """
    return on - timedelta(days=1)


def rule_refusals(
    *, names_something: bool, in_country: bool, standing: int
) -> list[str]:
    """Return why a membership rule cannot be added to `standing` others."""
    why = {
        "rule-names-nothing": not names_something,
        "foreign-institution": not in_country,
        "too-many-rules": standing >= MOST_RULES,
    }
    return [reason for reason, holds in why.items() if holds]


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works, as far as membership rules ask: keys of institutions."""

    country: str
    institution: int | None
    parent: int | None
    track: str
    from_on: date
    until_on: date | None
    confirmed: bool = True
    refused: bool = False


def fits(
    post: Post, *, country: str, institution: int | None, track: str, on: date
) -> bool:
    """Whether a post fits a rule of a cohort of that country that day.

    An institution's rule covers those below it; without one, any of the country.
    """
    return (
        post.from_on <= on
        and (post.until_on is None or post.until_on >= on)
        and post.country == country
        and institution in (None, post.institution, post.parent)
        and track in ("", post.track)
    )


def may_come(post: Post) -> bool:
    """Whether a post that fits lets somebody come: the institution says so too."""
    return post.confirmed


def may_stay(post: Post) -> bool:
    """Whether a post that fits keeps a member: an answer that is awaited does."""
    return not post.refused


def was_asked(
    *,
    redeemed: bool,
    declined: bool,
    withdrawn_at: datetime | None,
    until_at: datetime,
    by_rule: bool,
    at: datetime,
) -> bool:
    """Whether an invitation keeps its address from being invited by a rule.

    One that waits, was declined or was taken back in time does. A rule asks once;
    what a trainer sent and nobody answered in time keeps no rule from asking.
    """
    if redeemed:
        return False
    if declined or by_rule:
        return True
    if withdrawn_at:
        return withdrawn_at < until_at
    return until_at > at


def countable(people: int) -> bool:
    """Whether so many people may be counted to whoever may not see them."""
    return people >= TO_TRAINERS


class Waiting(StrEnum):
    """How an invitation stands that nobody accepted and nobody took back."""

    OPEN = "open"
    RUN_OUT = "run-out"
    DECLINED = "declined"


def waiting(*, declined: bool, until_at: datetime, at: datetime) -> Waiting:
    """Return how it stands; at the moment it runs out, it has run out."""
    if declined:
        return Waiting.DECLINED
    return Waiting.OPEN if at < until_at else Waiting.RUN_OUT


def closed_refusals(*, archived: bool, over: bool) -> list[str]:
    """Return why nobody may come into a cohort any more, as stable words."""
    why = {"cohort-archived": archived, "cohort-over": over}
    return [reason for reason, holds in why.items() if holds]


def redeeming_refusals(
    *, archived: bool, over: bool, to_train: bool, trains_there: bool
) -> list[str]:
    """Return why an open invitation cannot be accepted.

    `trains_there`: the invited person holds a standing mandate to train in the
    country of the cohort, without which nobody trains one.
    """
    refused = closed_refusals(archived=archived, over=over)
    return refused + ["mandate-missing"] * (to_train and not trains_there)


def code_refusals(*, archived: bool, over: bool, places: int, hours: int) -> list[str]:
    """Return why a code cannot be opened for so many places and hours."""
    refused = closed_refusals(archived=archived, over=over)
    if not 1 <= places <= MOST_CODE_PLACES:
        refused.append("code-places")
    if hours not in CODE_HOURS:
        refused.append("code-hours")
    return refused


def new_code(choice: Callable[[str], str]) -> str:
    """Return a fresh code; `choice` picks one character (`secrets.choice`)."""
    return crockford.fresh(CODE_LENGTH, choice)


def code_read(typed: str) -> str | None:
    """Return the code that somebody typed, or None when it cannot be one."""
    return crockford.read(typed, length=CODE_LENGTH)
