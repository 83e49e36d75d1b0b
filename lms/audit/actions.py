"""Writing down that somebody looked at people, and sealing what was written down."""

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.conf import settings
from django.db import IntegrityError, transaction

from lms.audit import rules
from lms.audit.facts import facts_of
from lms.audit.models import Event, EventSubject, Seal, SealedEvent
from lms.people.models import User

log = logging.getLogger("campus.audit")

SUBJECTS_AT_ONCE = 5_000


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
    # Some thousand at a time: an export may be about a whole country.
    for some in batched(sorted(people), SUBJECTS_AT_ONCE, strict=False):
        EventSubject.objects.bulk_create(
            EventSubject(event=event, person_id=pk) for pk in some
        )
    return event


def seal(*, at: datetime) -> Seal | None:
    """Close what no seal holds yet into the next link of the chain; None: nothing to.

    Of two that seal at once one wins: links are numbered, and each event is in one.
    The log keeps number and digest, a copy of the chain's end outside of the database.
    """
    try:
        made = _next_link(at)
    except IntegrityError:
        return None
    if made:
        facts = {"number": made.number, "digest": made.digest, "events": made.events}
        log.info("sealed", extra={"facts": facts})
    return made


@transaction.atomic
def _next_link(at: datetime) -> Seal | None:
    # Any id: where many write at once, a later one may be there sooner.
    waiting = Event.objects.filter(sealed=None).order_by("pk")
    events = facts_of(waiting[: rules.MOST_EVENTS_IN_A_SEAL])
    if not events:
        return None
    digests = {
        pk: rules.event_digest(event, key=settings.AUDIT_KEY)
        for pk, event in events.items()
    }
    last = Seal.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    made = Seal.objects.create(
        number=number,
        at=at,
        events=len(digests),
        digest=rules.seal_digest(
            previous=last.digest if last else "",
            number=number,
            at=at,
            count=len(digests),
            entries=digests.items(),
            key=settings.AUDIT_KEY,
        ),
    )
    SealedEvent.objects.bulk_create(
        SealedEvent(event_id=pk, seal=made, digest=digest)
        for pk, digest in digests.items()
    )
    return made
