"""Who was shown on a screen? It is written down, and they read it on *My data*."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User


def looked(
    request: HttpRequest,
    shown: Iterable[User | int],
    *,
    purpose: str,
    fields: Iterable[str],
) -> None:
    """Write down that the reader saw these people, or their keys; oneself is nobody.

    `purpose` and `fields` are words of the catalogue. Nothing is written when nobody
    was shown.
    """
    people = {one.pk if isinstance(one, User) else one for one in shown}
    if others := people - {request.user.pk}:
        record_event(
            Event.Kind.LOOK,
            actor=request.user,
            purpose=purpose,
            subjects=others,
            fields=fields,
            at=timezone.now(),
        )
