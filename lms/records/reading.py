"""How do the log and the sessions of a person read in their export?"""

from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_noop as _

from lms.audit.lines import line_of
from lms.audit.models import Event
from lms.people.browsers import browser_of
from lms.people.devices import named, seen_at
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


def events_done(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person did that the log notes, and not to whom."""
    events = person.events_done.order_by("at", "pk")
    lines = [line_of(event, reader=person) for event in events]
    return [
        {_("at"): line.at, _("kind"): line.kind, _("purpose"): line.purpose}
        for line in lines
    ]


def sessions(person: Person, language: str) -> list[dict[str, Any]]:
    """Return where the person is signed in, the browsers named as on the screen."""
    rows = UserSession.objects.filter(user=person.pk).order_by("pk")
    return [
        {
            _("browser"): named(browser_of(row.user_agent)),
            _("since"): row.created_at,
            _("last seen"): seen_at(row),
        }
        for row in rows
    ]
