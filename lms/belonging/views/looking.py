"""What the screens of belonging share: who was shown what is written down."""

from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from lms.audit.actions import record_event
from lms.audit.models import Event

NAME, INSTITUTION = gettext_noop("name"), gettext_noop("institution")
PROFESSION, POSITION = gettext_noop("profession"), gettext_noop("position")
SINCE = gettext_noop("since")
POST = [NAME, INSTITUTION, PROFESSION, POSITION, SINCE]
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def looked(request, shown, *, purpose, fields):
    """Write down that the reader saw these people; nothing when nobody was shown."""
    if shown:
        record_event(
            Event.Kind.LOOK,
            actor=request.user,
            purpose=purpose,
            subjects=shown,
            fields=fields,
            at=timezone.now(),
        )


def countries_of(request):
    """Return the countries of the mandates that let the reader in."""
    return sorted({mandate.country for mandate in request.mandates})
