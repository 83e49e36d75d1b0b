"""By which browser did somebody come before? Strangers' wrong tries do not count there.

A cookie names the account by a keyed hash and this browser by chance (OWASP, slow down
online guessing with device cookies). It opens nothing: whoever has it has five tries of
their own at the one password.
"""

from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NAME = "known"
SALT = "lms.people.known"
KEPT = timedelta(days=90)


def remember_browser(response: HttpResponse, account: str) -> None:
    """Let this browser be known as one by which the account was entered."""
    response.set_signed_cookie(
        NAME,
        f"{token_urlsafe(9)} {account}",
        salt=SALT,
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest, account: str) -> str:
    """Return the name of the browser, if that account was entered by it; else none."""
    said = request.get_signed_cookie(NAME, "", salt=SALT, max_age=KEPT)
    browser, _space, entered = said.partition(" ")
    return browser if entered == account else ""
