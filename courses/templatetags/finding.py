"""Template words of what was looked for."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courses.matching import marked as in_pieces
from courses.matching import words_in

register = template.Library()


@register.filter
def marked(text: str, asked: str) -> SafeString:
    """Mark in a text the words that somebody looks for."""
    pieces = (
        (format_html("<mark>{}</mark>", piece) if is_word else piece,)
        for piece, is_word in in_pieces(text, words_in(asked))
    )
    return format_html_join("", "{}", pieces)
