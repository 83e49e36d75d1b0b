"""In which language does a screen speak, and how does a browser remember it?"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import (
    get_language_from_path,
    get_language_from_request,
)


def language_of(request: HttpRequest, *, account: str = "") -> str:
    """Return the language of what is asked for; this is the only place that decides.

    First what the address says: its own prefix, or `?lang=`, with which every link
    leads from a screen to an address that has none. Then what this browser remembers
    since a sign-in or a choice, then the account's, then what the browser asks for.
    """
    said = (
        get_language_from_path(request.path_info),
        request.GET.get("lang"),
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        account,
    )
    known = dict(settings.LANGUAGES)
    first = next((code for code in said if code in known), None)
    return first or get_language_from_request(request)


def remember_language(response, language):
    """Keep the language for pages that have none in their address."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
