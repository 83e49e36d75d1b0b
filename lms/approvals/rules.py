"""How long a second person has, when what they say counts, and what became of it.

A second person is another human, not another account. Nothing proves that; what the
platform knows is asked for three ways in which one human plays both:

- *One gives the other their power.* Whoever was granted their mandate by the asker does
  not decide what that one asks for, ever. The other way round it is the normal chain (a
  director decides what her officer asks for), unless the officer was made for it: the
  mandate is younger than two weeks, the time that an approval waits. So it is with two
  whom the same person granted. A mandate that a second person approved was not given by
  one alone, and is left out of this half.
- *Both write from one mailbox.* `ana+x@…` is `ana@…`, verified or not.
- *Both have one name, and an address proven at one domain.*
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEEP_WAITING = timedelta(days=14)
GRANTED_LATELY = KEEP_WAITING


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


@dataclass(frozen=True, slots=True)
class Grant:
    """Which account let somebody decide, and when; `vouched`: a second one approved."""

    by: int
    at: datetime
    vouched: bool


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two people of an approval, with what may be compared.

    `name` is folded; `domains` are those of verified addresses, `mailboxes` of all.
    """

    account: int
    name: str
    mailboxes: frozenset[str]
    domains: frozenset[str]
    grants: tuple[Grant, ...] = ()


def not_another(asker: Party, decider: Party, *, asked_at: datetime) -> list[str]:
    """Return why the decider is not another human than the asker: none when they are.

    See the head of this module.
    """
    made_by_asker = any(grant.by == asker.account for grant in decider.grants)
    why = {
        "own-grant": made_by_asker or _made_for_it(asker, decider, asked_at=asked_at),
        "same-person": are_one(asker, decider),
    }
    return [reason for reason, holds in why.items() if holds]


def _made_for_it(asker: Party, decider: Party, *, asked_at: datetime) -> bool:
    """Whether one of them was given power lately, by one person alone.

    That person is the decider, or whoever granted the mandate of the other as well.
    """
    since = asked_at - GRANTED_LATELY
    of_asker = [grant for grant in asker.grants if not grant.vouched]
    of_decider = [grant for grant in decider.grants if not grant.vouched]
    by_decider = any(
        grant.by == decider.account and grant.at > since for grant in of_asker
    )
    return by_decider or any(
        one.by == other.by and max(one.at, other.at) > since
        for one in of_asker
        for other in of_decider
    )


def are_one(first: Party, second: Party) -> bool:
    """Whether two accounts look like one human's: by a mailbox, or name and domain."""
    same_name = bool(first.name) and first.name == second.name
    return bool(first.mailboxes & second.mailboxes) or (
        same_name and bool(first.domains & second.domains)
    )


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
