"""Which code stands beside a name on the printed list, for the trainer's phone?"""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.models import Workshop
from lms.people.models import User

BLANK_LINES = 6  # for whoever stands on no list


def drawn_code(workshop: Workshop, person: User) -> SafeString:
    """Return the QR code, as SVG, of the page on which a trainer marks that person.

    It carries no name: whoever else reads it finds a page that is not there for them.
    """
    page = reverse("scan", args=[workshop.uuid, person.uuid])
    address = f"{settings.SITE_URL.rstrip('/')}{page}"
    drawn = segno.make(address, error="l", micro=False, boost_error=False)
    return mark_safe(drawn.svg_inline(omitsize=True))  # noqa: S308 - lines of our own
