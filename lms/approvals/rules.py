"""How long a second person has, when what they say counts, and what became of it."""

from datetime import datetime, timedelta
from enum import StrEnum

KEEP_WAITING = timedelta(days=14)


class State(StrEnum):
    """What became of an act that needs a second person."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def refusals(
    *, asked_by: int, by: int, decided: bool, expired: bool, says_why: bool
) -> list[str]:
    """Return why this person may not decide now: stable words, none when they may.

    `says_why`: whether there is a reason, or none is needed; whoever refuses gives one.
    """
    return [
        reason
        for reason, holds in [
            ("own-request", asked_by == by),
            ("already-decided", decided),
            ("too-late", expired and not decided),
            ("reason-missing", not says_why),
        ]
        if holds
    ]


def waits_until(asked_at: datetime) -> datetime:
    """Return the moment at which nobody may approve any more."""
    return asked_at + KEEP_WAITING


def state_of(
    *, approved: bool | None, asked_at: datetime, until_at: datetime, at: datetime
) -> State:
    """Return what became of it; one taken back waits for less than its full time."""
    if approved is not None:
        return State.APPROVED if approved else State.REFUSED
    if until_at > at:
        return State.WAITING
    whole = until_at >= waits_until(asked_at)
    return State.EXPIRED if whole else State.WITHDRAWN
