"""Charts and figures: bars whose width is an attribute, and how a band is written."""

from django import template
from django.utils.translation import gettext as _

from certificates.figures.board import Change
from certificates.figures.rules import Band
from lms.thresholds import fewer_than

register = template.Library()


@register.inclusion_tag("figures/bar_chart.html")
def bar_chart(rows):
    """Draw a bar for the share of each row; the table beside it tells the same."""
    return {"rows": rows}


@register.inclusion_tag("figures/figure.html")
def figure(band):
    """Write a figure, or that it is hidden."""
    return {"band": band}


@register.filter
def in_words(band: Band) -> str:
    """Return how a band is written: "10–19", or "fewer than 10"."""
    if not band.least:
        return fewer_than(band.most + 1)
    return span(band)


@register.filter
def span(band: Band) -> str:
    """Return from where to where: "31–40", or one number where both are the same."""
    if band.least == band.most:
        return str(band.least)
    return f"{band.least}–{band.most}"


@register.filter
def length(band: Band) -> int:
    """Return how far its two ends are apart."""
    return band.most - band.least


@register.filter
def changed(change: Change) -> str:
    """Return by how much a figure changed, as far as its two bands say."""
    if change.is_same:
        return _("same band")
    if change.by is None:
        return "–"
    least, most = (_signed(end) for end in (change.by.least, change.by.most))
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}")
