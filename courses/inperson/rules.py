"""May a workshop be held so, is a place to be had, and does a typed code count?"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

CODE_LASTS = 60  # seconds
CODE_DIGITS = 6
BEFORE_AND_AFTER = timedelta(minutes=30)
MOST_A_DAY = 12 * 60  # minutes that one person can learn on one day
# That a workshop is full may be noticed, and counts shielded people: with one place or
# two, the word would say who they are.
LEAST_PLACES = 3
TRIES, TRIES_TIME = 6, timedelta(minutes=5)


def workshop_refusals(
    *,
    starts_at: datetime,
    ends_at: datetime,
    minutes: int,
    capacity: int,
    first_on: date,
    last_on: date,
) -> list[str]:
    """Return why a workshop may not be held so: stable words, none when it may.

    Both instants are in the zone of the cohort, whose first and last day are given;
    `minutes` are those that count: no more than it lasts, nor than `MOST_A_DAY`.
    """
    begins_on, ends_on = starts_at.date(), ends_at.date()
    within = first_on <= begins_on and ends_on <= last_on
    in_order = starts_at < ends_at
    lasts = (ends_at - starts_at) // timedelta(minutes=1) if within else 0
    days = (ends_on - begins_on).days + 1
    return [
        reason
        for reason, holds in [
            ("outside-the-cohort", not within),
            ("ends-before-it-begins", not in_order),
            ("counts-more-than-it-lasts", within and in_order and minutes > lasts),
            ("counts-more-than-its-days", in_order and minutes > days * MOST_A_DAY),
            ("too-few-places", capacity < LEAST_PLACES),
        ]
        if holds
    ]


def change_refusals(
    *,
    cancelled: bool,
    hours_change: bool,
    fewer_places: bool,
    starts_at: datetime,
    at: datetime,
) -> list[str]:
    """Return why a workshop may not be changed so: stable words.

    Nobody's credit and nobody's place is taken back. Whether anybody has one is not
    asked: the answer would tell of people who stand in no list.
    """
    return [
        reason
        for reason, holds in [
            ("cancelled", cancelled),
            ("hours-stand", hours_change and is_marked(starts_at=starts_at, at=at)),
            ("places-stand", fewer_places),
        ]
        if holds
    ]


def is_marked(*, starts_at: datetime, at: datetime) -> bool:
    """Whether people may be marked by then: from 30 minutes before it begins."""
    return starts_at - BEFORE_AND_AFTER <= at


def place_refusals(
    *, cancelled: bool, starts_at: datetime, full: bool, at: datetime
) -> list[str]:
    """Return why no place is to be had: stable words, none when there is one."""
    return [
        reason
        for reason, holds in [
            ("cancelled", cancelled),
            ("begun", starts_at <= at),
            ("full", full),
        ]
        if holds
    ]


def mark_refusals(
    *,
    cancelled: bool,
    starts_at: datetime,
    at: datetime,
    own: bool = False,
    elsewhere: bool = False,
) -> list[str]:
    """Return why somebody is not marked present or absent: stable words.

    Nobody who leads the cohort says it of themselves (`own`), and nobody was in two
    rooms at once (`elsewhere`).
    """
    return [
        reason
        for reason, holds in [
            ("cancelled", cancelled),
            ("not-yet", not is_marked(starts_at=starts_at, at=at)),
            ("own-presence", own),
            ("was-elsewhere", elsewhere),
        ]
        if holds
    ]


def takes_codes(*, starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether the code of the room counts: from 30 minutes before until 30 after."""
    return is_marked(starts_at=starts_at, at=at) and at <= ends_at + BEFORE_AND_AFTER


def window_of(at: datetime) -> int:
    """Return the number of the minute for which a code holds."""
    return int(at.timestamp()) // CODE_LASTS


def seconds_left(at: datetime) -> int:
    """Return in how many seconds the next code comes: between 1 and 60."""
    return CODE_LASTS - int(at.timestamp()) % CODE_LASTS


def room_code(workshop: UUID, *, window: int, key: str) -> str:
    """Return the code of a room for a window: digits of an HMAC-SHA-256.

    Drawn from the site's key, it is stored nowhere.
    """
    message = b"room code\n" + workshop.bytes + window.to_bytes(8)
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return str(int.from_bytes(digest) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def is_room_code(typed: str, *, workshop: UUID, at: datetime, key: str) -> bool:
    """Whether that is the code of now or of the window before; spaces do not count."""
    given, now = "".join(typed.split()).encode(), window_of(at)
    codes = [room_code(workshop, window=one, key=key) for one in (now, now - 1)]
    return any(hmac.compare_digest(given, code.encode()) for code in codes)


def names_an_address(text: str) -> bool:
    """Whether a public text holds an e-mail address."""
    return "@" in text


def observation_refusals(
    *,
    own: bool,
    observed_on: date,
    first_on: date,
    last_on: date,
    today: date,
    minutes_that_day: int,
) -> list[str]:
    """Return why an observation may not be signed: stable words.

    It was of somebody else, on a day of the cohort that has come; with it, no more is
    observed that day than a day has.
    """
    return [
        reason
        for reason, holds in [
            ("own-practice", own),
            ("day-outside-the-cohort", not first_on <= observed_on <= last_on),
            ("day-to-come", observed_on > today),
            ("day-is-full", minutes_that_day > MOST_A_DAY),
        ]
        if holds
    ]


def both_in_force(
    on: date,
    member_from: date,
    member_until: date | None,
    trainer_from: date,
    trainer_until: date | None,
) -> bool:
    """Whether somebody was a member, and somebody else the trainer, on that day."""
    return all(
        begins <= on and (ends is None or on <= ends)
        for begins, ends in (
            (member_from, member_until),
            (trainer_from, trainer_until),
        )
    )


def generations(trainers: set[int], by: Mapping[int, set[int]]) -> dict[int, int]:
    """Return the generation of each trainer: one more than the oldest who trained them.

    The first was trained by nobody among them, or only by each other.
    """
    known = {one: by.get(one, set()) & trainers for one in trainers}
    found: dict[int, int] = dict.fromkeys(_first(known), 1)
    while ready := {
        one for one in trainers - found.keys() if known[one] & found.keys()
    }:
        oldest = {one: min(found[b] for b in known[one] if b in found) for one in ready}
        found |= {one: number + 1 for one, number in oldest.items()}
    return found


def _first(by: Mapping[int, set[int]]) -> set[int]:
    """Return those above whom nobody stands who does not stand below them as well."""
    above = {one: _above(one, by) for one in by}
    return {one for one in by if all(one in above[other] for other in above[one])}


def _above(one: int, by: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = set(by[one])
    while waiting:
        found |= waiting
        waiting = set().union(*(by[other] for other in waiting)) - found
    return found
