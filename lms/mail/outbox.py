"""Writing letters that are sent later, once each: `post` and who draws which template.

`post` belongs into the transaction of what a letter tells about. What it says is asked
when it is sent: the function registered for its template returns the facts, or None
when the letter has nothing to say any more.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from lms.mail.models import Letter

Facts = dict[str, object]
Draw = Callable[[Letter], Facts | None]

REGISTER: dict[str, str] = {}


def register(template: str, path: str) -> None:
    """Name the function `f(letter)` that draws letters of this template."""
    REGISTER[template] = path


@transaction.atomic
def post(letters: Iterable[Letter]) -> int:
    """Write these letters and have them sent; return how many were asked for.

    One task for all of them. An event that has its letter gets no second one.
    """
    written = Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)
    return len(written)


def letter_to(
    person, *, event: str, template: str, facts: Facts | None = None, at: datetime
) -> Letter:
    """Return a letter to a person, in their language, that may go out from `at` on."""
    return Letter(
        event=event,
        person=person,
        language=person.language,
        template=template,
        facts=facts or {},
        asked_at=at,
        due_at=at,
    )


def letter_to_address(
    address: str,
    *,
    language: str,
    event: str,
    template: str,
    facts: Facts | None = None,
    at: datetime,
) -> Letter:
    """Return a letter to whoever owns an address, whether somebody does or not."""
    return Letter(
        event=event,
        address=address,
        language=language,
        template=template,
        facts=facts or {},
        asked_at=at,
        due_at=at,
    )
