"""Changing the name that stands on a person's next certificate."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people import rules
from lms.people.models import NameChange, User

NAME_CHANGED = gettext_noop("name changed")
NAME = gettext_noop("name")


@transaction.atomic
def rename(
    person: User,
    *,
    legal_name: str,
    sort_name: str = "",
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Change the person's name; without a name to sort by, it is guessed.

    What it was before, and why it changed, is kept. Certificates already issued keep
    the name they were issued with. The same name again changes only how it is sorted.
    """
    before = person.legal_name
    person.legal_name = legal_name
    person.sort_name = sort_name or rules.sort_name_of(legal_name)
    person.save(update_fields=["legal_name", "sort_name", "folded_name"])
    if legal_name == before:
        return
    NameChange.objects.create(
        person=person, by=by, at=at, before=before, after=legal_name, reason=reason
    )
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=NAME_CHANGED,
        subjects=[person],
        fields=[NAME],
        at=at,
    )
