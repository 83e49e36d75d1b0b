"""What a superior decided, with the link that went to their mailbox."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from courses.actions import enrol
from courses.models import SuperiorRequest
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.outbox import letter_to, post
from lms.people.rules import SUPERIORS_KEPT
from lms.refusals import Refused

APPROVED = gettext_noop("course approved")
REFUSED = gettext_noop("course not approved")
FIELDS = [gettext_noop("name"), gettext_noop("course")]


@transaction.atomic
def decide_request(
    request: SuperiorRequest, *, approve: bool, reason: str = "", at: datetime
) -> None:
    """Record the answer and tell the person; a yes enrols them at once.

    Enrolling spares them a second click, and costs nothing: they may leave. Where they
    cannot be enrolled (the course closed since), the yes stands and they read why when
    they start. Raises `Refused` when it was decided before, or too late.
    """
    decided = (
        SuperiorRequest.objects.filter(pk=request.pk)
        .open(at)
        .update(decided_at=at, approved=approve, reason="" if approve else reason)
    )
    if not decided:
        raise Refused("no-longer-open")
    person = request.person
    record_event(
        Event.Kind.DECISION,
        actor=None,
        purpose=APPROVED if approve else REFUSED,
        subjects=[person],
        fields=FIELDS,
        at=at,
    )
    post(
        [
            letter_to(
                person,
                event=f"superior_answer:{request.uuid}",
                template="superior_answer",
                facts={"request": str(request.uuid)},
                at=at,
                urgent=False,
            )
        ]
    )
    if approve:
        with suppress(Refused):
            enrol(person, course=request.assignment.course, at=at)


def forget_superiors(*, at: datetime) -> int:
    """Empty who was asked and answered long ago, or never; return how many."""
    over = SuperiorRequest.objects.over_since(at - SUPERIORS_KEPT)
    named = over.exclude(superior_name="", superior_address="")
    return named.update(superior_name="", superior_address="")
