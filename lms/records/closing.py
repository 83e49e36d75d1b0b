"""What only an open account may hold ends when the account does."""

from datetime import datetime

from lms.mandates.actions import end_all_of
from lms.people.records import Person


def end_mandates(person: Person, by: Person | None, reason: str, at: datetime) -> None:
    end_all_of(person, by=by, reason=reason, at=at)
