"""Which page of somebody does a browser show again to who goes back? A half-filled one.

A line that drops when a button is pressed leaves the reader before an error. What they
typed is in the page before it, and only there: a browser that may not store that page
asks for it anew, and without a line that is another error.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers


def for_who_goes_back(response: HttpResponse) -> HttpResponse:
    """Let the browser, and nobody else, store the page; whoever visits it asks us.

    On a shared telephone it is shown to nobody else: a browser whose cookies changed
    since then asks us again (`Vary`), and one that is signed out forgets it
    (`Clear-Site-Data`).
    """
    response.is_for_who_goes_back = True
    return response


def elsewhere(request: HttpRequest, *names: str) -> str:
    """Return at which of two addresses a page that stands at one is sent in.

    Where a line drops, a browser puts its error in the place of a page that was sent to
    itself: *Back* leads past it.
    """
    here = request.resolver_match.view_name
    return next(name for name in names if name != here)


def is_for_who_goes_back(response: HttpResponse) -> bool:
    return getattr(response, "is_for_who_goes_back", False)


def add_headers(response: HttpResponse) -> None:
    patch_cache_control(
        response, private=True, no_cache=True, must_revalidate=True, max_age=0
    )
    patch_vary_headers(response, ["Cookie"])
