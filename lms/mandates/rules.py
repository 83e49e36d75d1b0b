"""Who may grant what, for how long, with how many people, and how does it stand?

The chain: administrator, secretariat, country, institution. Each level grants the one
below it; what is over a whole country or the region needs a second person, so that one
stolen account appoints nobody.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

YEARS = 2
# A code is good until the window after the one in which it was sent is over.
CODE_LASTS = timedelta(minutes=15)
DIGITS = 8  # as the codes that confirm an address


class Level(StrEnum):
    """How far a mandate reaches."""

    REGION = "region"
    COUNTRY = "country"
    INSTITUTION = "institution"


class State(StrEnum):
    """Where a mandate is on its way from the offer to its end."""

    WAITING = "waiting"
    OFFERED = "offered"
    FUTURE = "future"
    STANDING = "standing"
    OVER = "over"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Granter:
    """What somebody is today, as far as granting goes.

    `countries` are those whose ministry mandate over the whole country they hold.
    """

    administrator: bool = False
    secretariat: bool = False
    countries: frozenset[str] = frozenset()


def level_of(*, country: str, institution: bool) -> Level:
    """Return how far a mandate over this place reaches."""
    if not country:
        return Level.REGION
    return Level.INSTITUTION if institution else Level.COUNTRY


def may_grant(granter: Granter, *, level: Level, country: str) -> bool:
    """Whether this level in this country is the granter's to give."""
    match level:
        case Level.REGION:
            return granter.administrator
        case Level.COUNTRY:
            return granter.secretariat
        case _:
            return country in granter.countries


def levels_of(granter: Granter) -> set[Level]:
    """Return the levels of which something is the granter's to give."""
    held = {
        Level.REGION: granter.administrator,
        Level.COUNTRY: granter.secretariat,
        Level.INSTITUTION: bool(granter.countries),
    }
    return {level for level, holds in held.items() if holds}


def needs_second_person(level: Level) -> bool:
    return level is not Level.INSTITUTION


def may_be_second(somebody: Granter, *, level: Level) -> bool:
    """Whether somebody may approve mandates of this reach that another one asked for.

    Nobody below the level that grants it: the secretariat does not renew itself.
    """
    match level:
        case Level.REGION:
            return somebody.administrator
        case Level.COUNTRY:
            return somebody.secretariat or somebody.administrator
        case _:
            return False


def last_day(from_on: date) -> date:
    """Return the last day that a mandate from that day on may have."""
    try:
        return from_on.replace(year=from_on.year + YEARS)
    except ValueError:  # 29 February
        return from_on.replace(year=from_on.year + YEARS, day=28)


def refusals(
    *, theirs: bool, own_address: bool, from_on: date, until_on: date, on: date
) -> list[str]:
    """Return why it may not be granted: stable words, none when it may."""
    too_late = from_on > last_day(on)
    return [
        reason
        for reason, holds in [
            ("not-yours", not theirs),
            ("own-address", own_address),
            ("begins-in-the-past", from_on < on),
            ("ends-before-it-begins", until_on < from_on),
            ("begins-too-late", too_late),
            ("too-long", not too_late and until_on > last_day(from_on)),
        ]
        if holds
    ]


def state_of(
    *,
    approved_at: datetime | None,
    accepted_at: datetime | None,
    declined_at: datetime | None,
    ended_at: datetime | None,
    from_on: date,
    until_on: date,
    on: date,
) -> State:
    """Return where the mandate is on that day."""
    if declined_at:
        return State.DECLINED
    if ended_at:
        return State.ENDED
    if until_on < on:
        return State.OVER
    if not approved_at:
        return State.WAITING
    if not accepted_at:
        return State.OFFERED
    return State.FUTURE if from_on > on else State.STANDING


def window_of(at: datetime) -> int:
    """Return the number of the quarter of an hour to which a code belongs."""
    return int(at.timestamp() // CODE_LASTS.total_seconds())


def runs_out_at(window: int) -> datetime:
    """Return until when a code is good that was sent in that window."""
    return datetime.fromtimestamp((window + 2) * CODE_LASTS.total_seconds(), UTC)


def code_of(offer: UUID, *, address: str, person: int, window: int, key: str) -> str:
    """Return the digits (of an HMAC-SHA-256) by which one account takes one offer.

    They are drawn anew from the key wherever they are needed, so that none is kept.
    """
    message = f"mandate\n{offer}\n{address}\n{person}\n{window}".encode()
    drawn = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return f"{int.from_bytes(drawn) % 10**DIGITS:0{DIGITS}}"


def is_code(typed: str, *, among: Iterable[str]) -> bool:
    """Whether what somebody typed, with spaces or without, is one of these codes."""
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    return any(hmac.compare_digest(digits, code) for code in among)
