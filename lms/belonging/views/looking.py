"""What the screens of belonging share: what they show, and of which countries."""

from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

NAME, INSTITUTION = gettext_noop("name"), gettext_noop("institution")
PROFESSION, POSITION = gettext_noop("profession"), gettext_noop("position")
SINCE = gettext_noop("since")
PERSON = gettext_noop("page of a person of an institution")  # why it is looked at
POST = [NAME, INSTITUTION, PROFESSION, POSITION, SINCE]
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def countries_of(request):
    """Return the countries of the mandates that let the reader in."""
    return sorted({mandate.country for mandate in request.mandates})
