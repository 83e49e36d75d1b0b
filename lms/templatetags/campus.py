"""Template words of our own, available in every template."""

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from lms.demo.seats import SEATS
from lms.people.choices import Language
from lms.people.duties import LEARNING, desk_of_ministry, duties_of, home_of
from lms.web.icons import drawing
from lms.web.periods import in_words
from lms.web.public import addresses_of, reference_of
from lms.web.stacked import with_headings

register = template.Library()


@register.simple_tag
def icon(name):
    """Draw an icon; the word beside it says what it means."""
    return drawing(name)


@register.simple_tag
def home(user):
    """Return the name of the screen at which somebody's work begins."""
    return home_of(user, at=timezone.now()) if user.is_authenticated else LEARNING


@register.simple_tag(takes_context=True)
def my_institutions(context):
    """Return what the desk of a ministry is called, on a screen that asks for one."""
    mandates = context["request"].mandates
    return desk_of_ministry((one.role, one.institution_id) for one in mandates).label


@register.inclusion_tag("parts/demo_seats.html")
def demo_seats():
    """Name the accounts of the demo; only its own pages ask for it."""
    return {"seats": SEATS}


@register.simple_tag
def duties(user):
    """Return the links for what somebody's mandates let them do today."""
    if not user.is_authenticated:
        return []
    return duties_of(user, on=timezone.localdate())


@register.inclusion_tag("parts/public_page.html", takes_context=True)
def public_page(context, title, description, kind="website"):
    """Say in the head of a page that all may read what it is, for machines.

    Only what is given here and the frame of the page: nothing about who reads it.
    """
    alternates = context["alternates"]
    addresses = addresses_of(
        context["request"].path,
        context["language"],
        alternates() if callable(alternates) else alternates,
    )
    return {
        "site_name": context["site_name"],
        "title": title,
        "description": description,
        "kind": kind,
        "here": addresses[0],
        "others": addresses[1:],
        "languages": sorted(addresses, key=lambda one: one.code),
        "reference": reference_of(addresses),
    }


@register.filter
def in_a_sentence(code):
    """Return the name of a language inside a sentence."""
    return Language(code).in_a_sentence


@register.simple_block_tag
def stacked(content):
    """Have each cell of the table inside say its column, where rows become cards."""
    return SafeString(with_headings(content))


@register.simple_tag
def period(first, last):
    """Say a period in words: "from 1 to 30 November 2026"."""
    return in_words(first, last)


@register.simple_tag
def duration(minutes):
    """Say a length of time in words: "25 minutes", "1 h 20 min", "3 hours"."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest}
    if not rest:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.simple_tag
def duration_months(months):
    """Say a length of time in months, or in years when they come out even."""
    years, rest = divmod(int(months), 12)
    if rest:
        return ngettext("%(count)s month", "%(count)s months", months) % {
            "count": months
        }
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
