"""Writing letters that are sent later, once each: `post`, and who draws which template.

`post` belongs into the transaction of what a letter tells about. What it says is asked
when it is sent: the function registered for its template returns the facts, or None
when the letter has nothing to say any more.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import batched

from django.db import transaction

from lms.mail import rules
from lms.mail.bounces import forgive
from lms.mail.drawing import REGISTER, Draw, Facts, register
from lms.mail.models import Letter
from lms.mail.tasks import send_letters
from lms.people.zones import zone_of

__all__ = [
    "REGISTER",
    "Draw",
    "Facts",
    "letter_to",
    "letter_to_address",
    "post",
    "register",
]

AT_ONCE = 500  # rows, and parameters of a query


@transaction.atomic
def post(letters: Iterable[Letter]) -> int:
    """Write these letters and have them sent; return how many were asked for.

    One task for all of them. An event that has its letter gets no second one.
    """
    asked_for = 0
    for some in batched(letters, AT_ONCE, strict=False):
        forgive(some)
        Letter.objects.bulk_create(some, ignore_conflicts=True)
        asked_for += len(some)
    if asked_for:
        send_letters.enqueue()
    return asked_for


def letter_to(
    person,
    *,
    event: str,
    template: str,
    facts: Facts | None = None,
    at: datetime,
    urgent: bool = True,
    zone: tzinfo | None = None,
) -> Letter:
    """Return a letter to a person, in their language, that may go out from `at` on.

    One that is not `urgent` (nobody waits for it: reminders, digests) keeps to office
    hours in `zone`; without it, in that of the capital of the person's country.
    """
    if zone is None and person.country:
        zone = zone_of(person.country)
    return _letter(
        person=person,
        language=person.language,
        event=event,
        template=template,
        facts=facts,
        at=at,
        urgent=urgent,
        zone=zone,
    )


def letter_to_address(
    address: str,
    *,
    language: str,
    event: str,
    template: str,
    facts: Facts | None = None,
    at: datetime,
    urgent: bool = True,
    zone: tzinfo | None = None,
) -> Letter:
    """Return a letter to whoever owns an address, whether somebody does or not."""
    return _letter(
        address=address,
        language=language,
        event=event,
        template=template,
        facts=facts,
        at=at,
        urgent=urgent,
        zone=zone,
    )


def _letter(
    *,
    facts: Facts | None,
    at: datetime,
    urgent: bool,
    zone: tzinfo | None,
    **fields: object,
) -> Letter:
    letter = Letter(
        facts=facts or {},
        asked_at=at,
        urgent=urgent,
        time_zone=str(zone or ""),
        **fields,
    )
    due_at = at if urgent else rules.not_before(at, zone=letter.zone)
    letter.due_at = letter.next_at = due_at
    return letter
