"""Writing hours into the ledger, and taking them back by a counter-entry."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from courses.models import LedgerEntry
from lms.people.models import User


def earn(
    person: User,
    *,
    minutes: int,
    kind: LedgerEntry.Kind,
    on: date,
    by: User,
    at: datetime,
    **what: Any,
) -> LedgerEntry:
    """Enter minutes earned that day; `what` names the workshop or the observation."""
    return LedgerEntry.objects.create(
        person=person, minutes=minutes, kind=kind, on=on, by=by, at=at, **what
    )


def take_back(entries: Iterable[LedgerEntry], *, by: User, at: datetime) -> int:
    """Write a counter-entry for each of them; return how many."""
    rows = [
        LedgerEntry(
            person_id=entry.person_id,
            minutes=-entry.minutes,
            kind=entry.kind,
            on=entry.on,
            workshop_id=entry.workshop_id,
            corrects=entry,
            by=by,
            at=at,
        )
        for entry in entries
    ]
    LedgerEntry.objects.bulk_create(rows)
    return len(rows)
