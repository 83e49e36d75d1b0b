"""How acts about mandates are written down, and one person's follow each other."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mandates.rules import Level
from lms.people.models import User

# The kinds of approvals: who may be the second person differs.
KINDS = {
    Level.COUNTRY: gettext_noop("mandate"),
    Level.REGION: gettext_noop("regional mandate"),
}
ENDED = gettext_noop("mandate ended")
FIELDS = [gettext_noop("role"), gettext_noop("place")]


def one_at_a_time(person: User) -> None:
    """Let two requests of one person wait for each other; SQLite lets no two in."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def write_down(
    purpose: str, *, by: User | None, subjects: Iterable[User | int], at: datetime
) -> None:
    """Write one act about mandates into the log."""
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=subjects,
        fields=FIELDS,
        at=at,
    )
