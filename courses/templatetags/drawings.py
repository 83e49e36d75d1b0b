"""Template words of the courses' cards."""

from django import template

from courses import drawings

register = template.Library()


@register.simple_tag
def drawing(name):
    """Draw what a course is about; its title says it in words."""
    return drawings.drawing(name) if name else ""
