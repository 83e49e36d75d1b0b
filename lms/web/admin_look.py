"""How the editors' area looks: Campus's colours over Wagtail's."""

from django.templatetags.static import static
from django.utils.html import format_html


def colours() -> str:
    """Return the link to the colours, which stands after Wagtail's own."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))
