"""Letting the mail of a copy go: what waits is sent, or dropped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.held import write
from lms.mail.models import Installation, Letter

HELD = "held"  # why a letter was given up: it was sent where the copy was made


@dataclass(frozen=True, slots=True)
class Released:
    """How many letters go out, and how many were dropped."""

    waiting: int
    discarded: int


@transaction.atomic
def release(*, discard: bool, at: datetime) -> Released:
    """Let mail go; the copy is an installation of its own from now on.

    With `discard`, what was written before it was held is not sent. The days in which a
    letter is tried begin anew.
    """
    row = Installation.objects.get()
    discarded = drop(before=row.held_since or at, at=at) if discard else 0
    Letter.objects.waiting().filter(due_at__lt=at).update(due_at=at)
    identity = uuid4()
    Installation.objects.filter(pk=row.pk).update(identity=identity, held_since=None)
    record_event(
        Event.Kind.CHANGE, actor=None, purpose="mail released", subjects=[], at=at
    )
    write(identity)
    return Released(waiting=waiting(), discarded=discarded)


def drop(*, before: datetime, at: datetime) -> int:
    """Give up what was written before that; return how many letters."""
    letters = Letter.objects.waiting().filter(asked_at__lt=before)
    return letters.update(given_up_at=at, trouble=HELD)


def waiting() -> int:
    return Letter.objects.waiting().count()
