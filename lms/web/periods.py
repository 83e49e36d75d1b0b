"""How is a period said: "from 1 to 30 November 2026"? The month and the year once."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def in_words(first: date | None, last: date | None) -> str:
    """Return a period as a reader says it; without a day, it is open on that side."""
    if first and last:
        return _both(first, last)
    if first:
        return _("since %(day)s") % {"day": date_format(first)}
    return _("until %(day)s") % {"day": date_format(last)} if last else ""


def _both(first: date, last: date) -> str:
    said = {
        "first": date_format(first, _format_of(first, last)),
        "last": date_format(last),
    }
    if first == last:
        return _("on %(day)s") % {"day": said["last"]}
    return _("from %(first)s to %(last)s") % said


def _format_of(first: date, last: date) -> str:
    """Return how the first day is written: what the last one says, it need not say."""
    if first.year != last.year:
        return "DATE_FORMAT"
    return "MONTH_DAY_FORMAT" if first.month != last.month else "j"
