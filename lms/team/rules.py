"""How long do rooms, invitations and cohorts last, and who belongs into a cohort?"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

MINUTES = (10, 20, 30, 60)
INVITATIONS_LAST = timedelta(days=7)


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
SMALL = 5  # fewer people than that are not counted to somebody who may not see them
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
    return people >= SMALL
