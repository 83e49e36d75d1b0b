"""What is decided about people: how a name is sorted, folded and compared."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lms.folding import folded_text

NAME_SIGNS = frozenset(" '’.-·")
ORDINALS = frozenset("ªº")  # as in "Mª"
# Signs that stand for a glottal stop or an elision; the saltillo counts as a letter.
APOSTROPHES = "'’`\u2018\u00b4\u02bb\u02bc\ua78b\ua78c"
# Letters that Unicode takes for others altogether, and what people type for them.
TYPED_AS = {
    "æ": "ae",
    "ð": "d",
    "ø": "o",
    "þ": "th",
    "đ": "d",
    "ħ": "h",
    "\u0131": "i",  # without its dot
    "ł": "l",
    "œ": "oe",
    "ŧ": "t",
}
SAME_LETTERS = str.maketrans(TYPED_AS | dict.fromkeys(APOSTROPHES))
# Letters and marks that draw nothing (Unicode, Default_Ignorable_Code_Point).
BLANK_SIGNS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
)
VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
MOST_MARKS = 2  # on one letter: Vietnamese has two


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

    The order of the words is forgotten too, so that "Ruiz, Ana" is "Ana Ruiz"; so is
    an apostrophe within a word, whichever sign was at hand, and the stroke of Ł.
    """
    letters = name.casefold().translate(SAME_LETTERS)
    return " ".join(sorted(folded_text(letters).split()))


def folded_before(name: str) -> str:
    """Return the name as certificates issued before December 2026 had it hashed."""
    return " ".join(sorted(folded_text(name).split()))


def name_hash(
    name: str, *, salt: str, key: str, fold: Callable[[str], str] = folded_name
) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of the folded name.

    The salt is the certificate's own; the key is the site's and never in the database,
    so that a stolen table does not give the names away to somebody who guesses.
    """
    message = f"{salt}\n{fold(name)}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def strange_signs(name: str) -> str:
    """Return the signs that no legal name has: digits, symbols, invisible ones."""
    return "".join(dict.fromkeys(sign for sign in name if _is_strange(sign)))


def draws_nothing(sign: str) -> bool:
    """Whether nobody can see the sign: it is better told by its number."""
    is_blank = sign in BLANK_SIGNS or any(ord(sign) in some for some in VARIATIONS)
    return is_blank or not sign.isprintable()


def _is_strange(sign: str) -> bool:
    if draws_nothing(sign):
        return True
    if sign in NAME_SIGNS or sign in ORDINALS:
        return False
    is_letter = unicodedata.category(sign)[0] in "LM"
    return not is_letter or unicodedata.normalize("NFKC", sign) != sign


def mixed_words(name: str) -> list[str]:
    """Return the words whose letters are of more than one script.

    A Cyrillic letter within a Latin name looks like the name and is another (Unicode
    Technical Standard 39, section 5.1).
    """
    return [word for word in name.split() if len(set(map(_script_of, word))) > 1]


def _script_of(sign: str) -> str:
    """Return the script of a letter, as its name begins; of anything else, Latin."""
    if unicodedata.category(sign) not in {"Lu", "Ll", "Lt", "Lo"} or sign in ORDINALS:
        return "LATIN"
    return unicodedata.name(sign, "").partition(" ")[0]


def overloaded_letters(name: str) -> bool:
    """Whether a letter carries more marks than any language puts on one."""
    marks = 0
    for sign in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            return True
    return False


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
OFFERS_KEPT = timedelta(days=30)  # since they were answered or ended
SUPERIORS_KEPT = timedelta(days=30)  # since the learner’s time in the cohort was over
ROSTERS_KEPT = timedelta(hours=24)  # a list of people that nobody accepted
OPERATIONS_KEPT = timedelta(days=30)  # of choices of a test, since it was handed in
REASONS_KEPT = timedelta(days=365)  # a page of reasons, since it was handed in
REASON_DRAFTS_KEPT = timedelta(days=180)  # since it was saved last
NOTES_KEPT = timedelta(days=730)  # a note on a lesson, since it was changed last
TYPED_KEPT = timedelta(minutes=30)  # what came after the end of its session
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
