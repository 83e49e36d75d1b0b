"""Template words for pages whose every byte is waited for."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
INDENT = re.compile(r"\n\s+")


@register.filter
def lean(html: SafeString) -> SafeString:
    """Drop the indents of our templates: they weigh more than a paragraph.

    Not around a <textarea> or a <pre>, which would lose those of its text.
    """
    return mark_safe(INDENT.sub("\n", html))  # noqa: S308 - it was safe before
