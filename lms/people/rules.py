"""What is decided about people: how a name is sorted, folded and compared."""

import hashlib
import hmac
import unicodedata
from datetime import date, datetime, timedelta

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
