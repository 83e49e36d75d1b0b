"""Writing down that somebody looked at people or took their records out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.audit.models import Event, EventSubject
from lms.people.models import User


@transaction.atomic
def record_event(
    kind: Event.Kind,
    *,
    actor: User | None,
    purpose: str,
    subjects: Iterable[User | int],
    fields: Iterable[str] = (),
    at: datetime,
) -> Event:
    """Append one event; `actor=None` is somebody without an account.

    `purpose` is a short stable word ("certificate page"), `fields` the names of what
    was shown, never their values.
    """
    event = Event.objects.create(
        kind=kind, actor=actor, purpose=purpose, fields=list(fields), at=at
    )
    people = {s.pk if isinstance(s, User) else s for s in subjects}
    EventSubject.objects.bulk_create(
        EventSubject(event=event, person_id=pk) for pk in sorted(people)
    )
    return event
