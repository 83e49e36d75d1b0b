"""What is decided about people: how a name is sorted, folded and compared."""

import hashlib
import hmac
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lms.folding import folded_text

NAME_SIGNS = frozenset(" '’.-·")


def sort_name_of(legal_name: str) -> str:
    """Return the name with surnames first, as a first guess the person may correct.

    Four words or more are read as two given names and the surnames, which is the
    usual shape in the region; two or three as one given name and the surnames.
    """
    words = legal_name.split()
    if len(words) < 2:
        return legal_name.strip()
    given = 2 if len(words) > 3 else 1
    return f"{' '.join(words[given:])}, {' '.join(words[:given])}"


def folded_name(name: str) -> str:
    """Return the name without case, accents, punctuation or double spaces.

    The order of the words is forgotten too, so that "Ruiz, Ana" is "Ana Ruiz".
    """
    return " ".join(sorted(folded_text(name).split()))


def name_hash(name: str, *, salt: str, key: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of the folded name.

    The salt is the certificate's own; the key is the site's and never in the database,
    so that a stolen table does not give the names away to somebody who guesses.
    """
    message = f"{salt}\n{folded_name(name)}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def strange_signs(name: str) -> str:
    """Return the signs that no legal name has: digits, symbols, invisible ones."""
    return "".join(
        dict.fromkeys(
            sign
            for sign in name
            if sign not in NAME_SIGNS and unicodedata.category(sign)[0] not in "LM"
        )
    )


def may_be_corrected(*, from_on: date, confirmed_at: datetime | None, on: date) -> bool:
    """Whether a post may still be rewritten: made that day and confirmed by nobody."""
    return confirmed_at is None and from_on == on


def last_day_before(on: date, *, from_on: date) -> date:
    """Return the last day of a post that another follows; never before its first."""
    return max(from_on, on - timedelta(days=1))


def address_hash(address: str, *, key: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of a network address.

    It tells whether two requests came from one place, and nobody where that is.
    """
    return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()


def address_of_nobody(why: str, key: UUID) -> str:
    """Return an address that no mail reaches, for an account that had one."""
    return f"{why}-{key}@{why}.invalid"


def reopening_refusals(*, erased: bool, merged: bool) -> list[str]:
    """Return why a closed account cannot be opened again."""
    why = {"account-erased": erased, "account-merged": merged}
    return [reason for reason, holds in why.items() if holds]


def merging_refusals(
    *, same: bool, erased: bool, merged: bool, closed: bool, administrator: bool
) -> list[str]:
    """Return why two accounts cannot become one.

    `closed`: the account that would stay; `administrator`: either works for the
    platform.
    """
    why = {
        "same-account": same,
        "account-erased": erased,
        "account-merged": merged,
        "account-closed": closed,
        "account-of-an-administrator": administrator,
    }
    return [reason for reason, holds in why.items() if holds]


def names_one_of(value: Any, words: frozenset[str]) -> bool:
    """Whether one of the words, in whatever case, is a whole value inside of another.

    `value` is made of what JSON knows. Part of a text is not enough: addresses and
    names may be part of somebody else's.
    """
    match value:
        case str():
            return value.casefold() in words
        case dict():
            return any(names_one_of(one, words) for one in value.values())
        case list() | tuple():
            return any(names_one_of(one, words) for one in value)
        case _:
            return False


# After a cohort's last day its trainer still sees who finished, to close the books.
COHORTS_CLOSE_WITHIN = timedelta(days=30)
SIGN_UP_KEPT = timedelta(days=7)  # an address nobody confirmed
UNUSED_AFTER = timedelta(days=730)  # without a sign-in: the notice
ERASED_AFTER = timedelta(days=60)  # since the notice
VISITS_KEPT = timedelta(days=730)
ROOMS_KEPT = timedelta(days=1)
INVITATIONS_KEPT = timedelta(days=30)  # since they were answered or ran out
ROSTERS_KEPT = timedelta(hours=24)  # a list of people that nobody accepted
REPORT_FILES_KEPT = timedelta(hours=24)
REPORTS_TOLD_OF = timedelta(days=30)
UNDECIDED_KEPT = timedelta(days=90)  # since nobody may decide it any more


IDLE_OF_STAFF, MOST_OF_STAFF = timedelta(minutes=30), timedelta(hours=12)
IDLE_OF_LEARNERS, MOST_OF_LEARNERS = timedelta(hours=4), timedelta(hours=24)


def idle_limit(*, staff: bool) -> timedelta:
    """Return how long a session stays open while nothing happens in it.

    A learner reads offline and writes long answers; an office is left unlocked.
    """
    return IDLE_OF_STAFF if staff else IDLE_OF_LEARNERS


def most_limit(*, staff: bool) -> timedelta:
    """Return how long a session stays open at the most, used or not."""
    return MOST_OF_STAFF if staff else MOST_OF_LEARNERS


def session_ends(began_at: datetime, seen_at: datetime, *, staff: bool) -> datetime:
    """Return the moment at which a session is over, unless somebody is seen before."""
    most = most_limit(staff=staff)
    return min(began_at + most, seen_at + idle_limit(staff=staff))


def is_worth_noting(seen_at: datetime, at: datetime, *, staff: bool) -> bool:
    """Whether a visit moves the end of the session enough to be written down."""
    return at - seen_at >= timedelta(minutes=1 if staff else 15)
