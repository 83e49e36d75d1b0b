"""Saying that a country's note still stands, and that its numbers were called."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from courses.blocks import Topic
from courses.models import CountryNote
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User


@transaction.atomic
def check_note(note: CountryNote, *, by: User, on: date, at: datetime) -> None:
    """Move the day on which the note was checked to `on`; never back.

    Who said so stands in the audit log; a second time on the same day changes nothing.
    """
    later = CountryNote.objects.filter(pk=note.pk, checked_on__lt=on)
    if later.update(checked_on=on):
        record_event(
            Event.Kind.CHANGE,
            actor=by,
            purpose=gettext_noop("country note checked"),
            subjects=[],
            at=at,
        )


@transaction.atomic
def call_numbers(note: CountryNote, *, by: User, on: date, at: datetime) -> None:
    """Say that every number of a contacts note was called on `on`; that checks it too.

    Without this a note says that nobody called. A second time changes nothing.
    """
    contacts = CountryNote.objects.filter(pk=note.pk, topic=Topic.CONTACTS)
    if contacts.exclude(called_on__gte=on).update(called_on=on):
        record_event(
            Event.Kind.CHANGE,
            actor=by,
            purpose=gettext_noop("numbers of a country note called"),
            subjects=[],
            at=at,
        )
    check_note(note, by=by, on=on, at=at)
