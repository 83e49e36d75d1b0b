"""Template words of what is checked before a page goes out."""

from django import template

from courses.checks import aliases, editor

register = template.Library()


@register.simple_tag
def buttons_of_checks(page):
    """Return the links to the checks of a page, for the header of its editor."""
    return editor.buttons_of_checks(page)


@register.simple_tag
def without_aliases(props):
    """Return what the translators' editor is told, without the way to an alias."""
    return aliases.props_without_aliases(props)
