"""What the frame of every page needs to know."""

from django.conf import settings


def frame(request):
    """Return the site's name, the theme that was chosen and whether this is the demo."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "theme": theme if theme in {"light", "dark"} else "",
        "is_demo": settings.DEMO,
    }
