"""Writing letters that are sent later, once each: `post`, and who draws which template.

`post` belongs into the transaction of what a letter tells about: no request ever waits
for a mail server. What it says is asked when it is sent: the function registered for
its template returns the facts, or None when the letter has nothing to say any more.
"""

import json
from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import batched

from django.db import transaction

from lms.keys import seal
from lms.mail import rules
from lms.mail.bounces import forgive
from lms.mail.drawing import REGISTER, Draw, Facts, register
from lms.mail.models import Letter
from lms.mail.tasks import AT_A_SCREEN, send_letters
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

    One task for all of them. An event that has its letter gets no second one. What
    runs out soon is waited for at a screen: its task goes before other tasks.
    """
    asked_for, priority = 0, send_letters.priority
    for some in batched(letters, AT_ONCE, strict=False):
        forgive(some)
        Letter.objects.bulk_create(some, ignore_conflicts=True)
        asked_for += len(some)
        if any(letter.until_at for letter in some):
            priority = AT_A_SCREEN
    if asked_for:
        send_letters.using(priority=priority).enqueue()
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
    secrets: dict[str, str] | None = None,
    until_at: datetime | None = None,
) -> Letter:
    """Return a letter to whoever owns an address, whether somebody does or not.

    `secrets` are facts that the database keeps encrypted, and only until the letter is
    over; among them "to" is an address that goes before the other one. From `until_at`
    on what it holds is of no use, and it is not sent any more.
    """
    return _letter(
        sealed=seal(json.dumps(secrets)) if secrets else "",
        until_at=until_at,
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
