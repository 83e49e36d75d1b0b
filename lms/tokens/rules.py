"""What is a token for programs, how long may it live, and may one be made?"""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256

from lms import crockford

MARK = "campus"  # by which a token is known wherever it leaks
PREFIX_LENGTH = 8  # shown, to tell one token from another
SECRET_LENGTH = 32  # × 5 bits = 160 bits: nobody guesses one
MOST_DAYS = 365
USUAL_DAYS = 90
MOST_TOKENS = 10  # of one mandate at a time
KEPT = timedelta(days=90)  # after it is over


def new_token(choice: Callable[[str], str]) -> str:
    """Return a fresh token; `choice` picks one character (`secrets.choice`)."""
    prefix = crockford.fresh(PREFIX_LENGTH, choice)
    return f"{MARK}_{prefix}_{crockford.fresh(SECRET_LENGTH, choice)}"


def prefix_of(token: str) -> str:
    """Return the part of a fresh token that may be shown."""
    return token.split("_")[1]


def digest_of(token: str) -> str:
    """Return what is kept of a token; of so many random bits no salt is needed."""
    return sha256(token.encode(errors="replace")).hexdigest()


def last_day(*, on: date, mandate_until: date) -> date:
    """Return the last day that a token made that day may have."""
    return min(on + timedelta(days=MOST_DAYS), mandate_until)


def usual_day(*, on: date, mandate_until: date) -> date:
    """Return the last day that is proposed."""
    return min(on + timedelta(days=USUAL_DAYS), mandate_until)


def refusals(
    *, stands: bool, until_on: date, on: date, mandate_until: date, others: int
) -> list[str]:
    """Return why a token may not be made, as stable words; empty if it may."""
    reasons = []
    if not stands:
        reasons.append("mandate-is-over")
    if until_on < on:
        reasons.append("day-is-past")
    elif until_on > last_day(on=on, mandate_until=mandate_until):
        reasons.append("day-is-too-late")
    if others >= MOST_TOKENS:
        reasons.append("too-many-tokens")
    return reasons
