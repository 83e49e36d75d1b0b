"""What the frame of every page needs to know."""

from functools import partial

from django.conf import settings
from django.utils.translation import get_language

from lms.people.rules import IDLE_OF_STAFF
from lms.people.session_policy import seconds_left

THEMES = ("light", "dark")
AS_THE_DEVICE = "device"


def frame(request):
    """Return the site's name, language, theme, and the same page in other languages."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "language": get_language(),
        "theme": theme if theme in THEMES else "",
        "is_demo": settings.DEMO,
        "idle_seconds": int(IDLE_OF_STAFF.total_seconds()),
        "session_left": partial(seconds_left, request),
        "is_second_step_off": settings.DEMO and not settings.SECOND_FACTOR_REQUIRED,
        "alternates": partial(same_path, request),
    }


def same_path(request) -> list[dict[str, str]]:
    """Return this address in each other language: its prefix changed, or `?lang=`."""
    if request.resolver_match is None:
        return []
    return [
        {"code": code, "name": name_of(code), "url": _in_language(request, code)}
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


def _in_language(request, code: str) -> str:
    here, prefix = request.get_full_path(), f"/{get_language()}/"
    if here.startswith(prefix):
        return here.replace(prefix, f"/{code}/", 1)
    query = request.GET.copy()
    query["lang"] = code
    return f"{request.path}?{query.urlencode()}"


def name_of(code: str) -> str:
    """Return what a language calls itself."""
    return {"es": "Español", "en": "English", "fr": "Français"}[code]
