"""How does a line of the audit log read to the person it is about?

It says what was done, what was shown and in which role, never who it was: whoever looks
for their work, or checks a paper that they were handed, is a person too. The log itself
keeps the account, for whoever has to find out.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.audit.models import Event
from lms.people.models import User

NO_ACCOUNT = gettext_noop("somebody without an account")
ONESELF = gettext_noop("you")
STAFF = gettext_noop("somebody who works for the platform")
ANYBODY = gettext_noop("somebody with an account")
SUPERIOR = gettext_noop("whoever opened the link that your superior got")
CHANGED = gettext_noop("Change")


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words, in the active language."""

    at: datetime
    kind: str
    purpose: str
    who: str
    fields: str
    is_change: bool  # its fields are what it was about; those of a look were shown


def line_of(event: Event, *, reader: User) -> Line:
    """Return the event as `reader` may know it; asked of events `with_actor`.

    Purposes and fields are short English words, and so the sources of translations.
    """
    return Line(
        at=event.at,
        kind=kind_of(event, reader=reader),
        purpose=_(event.purpose),
        who=_who(event, reader=reader),
        fields=", ".join(_(field) for field in event.fields),
        is_change=event.kind == Event.Kind.CHANGE,
    )


def kind_of(event: Event, *, reader: User) -> str:
    """Return what was done; what no staff changed is a change and no more."""
    by_staff = event.actor_id not in (None, reader.pk) and event.actor.is_staff
    if event.kind == Event.Kind.CHANGE and not by_staff:
        return _(CHANGED)
    return event.get_kind_display()


def _who(event: Event, *, reader: User) -> str:
    if event.kind == Event.Kind.DECISION and event.actor is None:
        return _(SUPERIOR)
    return role_of(event.actor, reader=reader, at=event.at)


def role_of(actor: User | None, *, reader: User, at: datetime) -> str:
    """Return in which role somebody did it: as the mandates stood at that moment."""
    if actor is None:
        return _(NO_ACCOUNT)
    if actor.pk == reader.pk:
        return _(ONESELF)
    if actor.is_staff:
        return _(STAFF)
    held = {
        str(mandate.get_role_display())
        for mandate in actor.mandates.all()
        if mandate.stood(at)
    }
    return ", ".join(sorted(held)) or _(ANYBODY)
