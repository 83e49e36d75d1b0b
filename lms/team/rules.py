"""How long do rooms and invitations last, what opens them, and for whom?"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms import crockford

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


def cohort_refusals(*, archived: bool, over: bool) -> list[str]:
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
    refused = cohort_refusals(archived=archived, over=over)
    return refused + ["mandate-missing"] * (to_train and not trains_there)


def code_refusals(*, archived: bool, over: bool, places: int, hours: int) -> list[str]:
    """Return why a code cannot be opened for so many places and hours."""
    refused = cohort_refusals(archived=archived, over=over)
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
