"""How the editors' area looks: Campus's colours over Wagtail's, and a way out."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem


def colours() -> str:
    """Return the link to the colours, which stands after Wagtail's own."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


def editing() -> str:
    """Return the script that makes a form of pages quicker to fill in."""
    return format_html('<script src="{}"></script>', static("editing.js"))


class ToTheSite(MenuItem):
    """The menu is kept for all; the courses have an address in each language."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        here = reverse("wagtail_serve", args=[""])
        return LinkMenuItem(self.name, self.label, here, icon_name=self.icon_name)


def to_the_site() -> MenuItem:
    """Return the last line of the menu, which leads out to the courses."""
    return ToTheSite(
        _("To the site"), "", name="to-the-site", icon_name="globe", order=20_000
    )
