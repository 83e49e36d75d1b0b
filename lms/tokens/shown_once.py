"""How does a secret get from its making to the one page that shows it?

In a cookie of the holder's browser, for that page alone, which takes it away: what the
database kept of it, if only for a moment, could be read there.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

COOKIE = "new_token"
SECONDS = 60


def to_its_page(
    request: HttpRequest, page: str, secret: str, *, part: str = ""
) -> HttpResponse:
    """Send on to the page, or to that `part` ("#…") of it, which shows the secret."""
    answer = HttpResponseRedirect(page + part)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=SECONDS,
        path=page,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


def taken_away(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the answer, after which the browser has the secret no more."""
    answer.delete_cookie(COOKIE, path=request.path, samesite="Strict")
    return answer
