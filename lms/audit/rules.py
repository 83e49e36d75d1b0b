"""What is decided about the audit log: how it is sealed, and what is unusual in it."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext_noop

MOST_EVENTS_IN_A_SEAL = 5_000
# A page of a list shows 50 people: four of them an hour is a day's work of a trainer.
MOST_PEOPLE_AN_HOUR = 200
# Who usually opens one record and today opens four has done nothing strange.
FEWEST_PEOPLE = 20
TIMES_THE_USUAL = 3
# The purpose of a look for somebody who is not there. Whoever helps mistypes a few.
NOT_FOUND = gettext_noop("address that no account has")
MOST_UNKNOWN_AN_HOUR = 19


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event says, as far as its digest covers it."""

    kind: str
    at: datetime
    actor: int | None
    purpose: str
    fields: list[str]
    subjects: Iterable[int]


def event_digest(event: Facts, *, key: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of what the event says."""
    return _digest(
        [
            event.kind,
            _instant(event.at),
            event.actor,
            event.purpose,
            event.fields,
            sorted(event.subjects),
        ],
        key=key,
    )


def seal_digest(
    *,
    previous: str,
    number: int,
    at: datetime,
    count: int,
    entries: Iterable[tuple[int, str]],
    key: str,
) -> str:
    """Return the keyed hash of a link: the digest before it, and of all it holds.

    `entries` are the events by id, each with its own digest; `previous` is "" at first.
    """
    held = sorted([event, digest] for event, digest in entries)
    return _digest([previous, number, _instant(at), count, held], key=key)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(said: list, *, key: str) -> str:
    message = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def is_unusual(people: int, *, usual: int) -> bool:
    """Whether looking at so many people in an hour is worth a question.

    `usual` is the most that the same person looked at in an hour of the weeks before;
    0: nothing is known of them, and only the limit for everybody holds.
    """
    if people > MOST_PEOPLE_AN_HOUR:
        return True
    return people >= FEWEST_PEOPLE and people > TIMES_THE_USUAL * usual > 0


def are_guesses(unknown: int) -> bool:
    """Whether so many addresses that nobody has are no slips of the hand."""
    return unknown > MOST_UNKNOWN_AN_HOUR
