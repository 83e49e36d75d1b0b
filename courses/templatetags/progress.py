"""Template words for how far somebody is."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.progress import Progress

register = template.Library()


@register.simple_tag
def progress_bar(progress: Progress) -> SafeString:
    """Draw how much of what is required is done, beside the words for it."""
    return format_html(
        '<p class="progress"><progress value="{}" max="{}" aria-hidden="true">'
        "</progress> <span>{}</span></p>",
        progress.done,
        progress.total or 1,
        progress.in_words,
    )
