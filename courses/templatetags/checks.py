"""Template words of what is checked before a page goes out."""

from django import template

from courses.checks import editor

register = template.Library()


@register.simple_tag
def buttons_of_checks(page):
    """Return the links to the checks of a page, for the header of its editor."""
    return editor.buttons_of_checks(page)
