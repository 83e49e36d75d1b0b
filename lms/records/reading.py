"""How does the log about a person read in their export?"""

from typing import Any

from django.utils.translation import gettext_noop as _

from lms.audit.lines import line_of
from lms.audit.models import Event
from lms.people.records import Person


def events_about(person: Person, language: str) -> list[dict[str, Any]]:
    """Return the log about the person as they may read it: roles, no names."""
    events = Event.objects.about(person).with_actor().order_by("at", "pk")
    lines = [line_of(event, reader=person) for event in events]
    return [
        {
            _("at"): line.at,
            _("kind"): line.kind,
            _("purpose"): line.purpose,
            _("by whom"): line.who,
            _("shown"): line.fields,
        }
        for line in lines
    ]
