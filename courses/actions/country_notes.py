"""Saying that what a country's law says on a topic still stands."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

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
