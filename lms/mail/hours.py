"""When does a letter that can wait go out, in words? Screens say it, never "sent"."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from lms.mail.rules import not_before
from lms.people.choices import Country


def when_it_leaves(country: str, *, zone: ZoneInfo, at: datetime) -> str:
    """Return when a letter that can wait goes out there; "" when that is at once."""
    leaves = not_before(at, zone=zone)
    return moment_in_words(country, leaves, zone=zone) if leaves > at else ""


def moment_in_words(country: str, moment: datetime, *, zone: ZoneInfo) -> str:
    """Return day and hour there, and where that is; without a country the site's."""
    said = date_format(localtime(moment, zone), "DATETIME_FORMAT")
    if not country:
        return said
    facts = {"moment": said, "country": Country(country).label}
    return gettext("%(moment)s, time of %(country)s") % facts
