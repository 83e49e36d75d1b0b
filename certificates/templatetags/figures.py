"""Charts and figures: bars whose width is an attribute, and what a hidden one says."""

from django import template

register = template.Library()


@register.inclusion_tag("figures/bar_chart.html")
def bar_chart(rows):
    """Draw a bar for the share of each row; the table beside it tells the same."""
    return {"rows": rows}


@register.inclusion_tag("figures/figure.html")
def figure(number):
    """Write a figure, or that it is hidden."""
    return {"number": number}
