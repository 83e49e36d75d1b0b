"""Where does a form lead on to, or back? To a page of ours, or to none."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import (
    MAX_URL_REDIRECT_LENGTH,
    url_has_allowed_host_and_scheme,
    urlencode,
)


def safe_next(request) -> str:
    """Return the page to go on to, if it is one of ours."""
    return ours(request, request.POST.get("next") or request.GET.get("next") or "")


def ours(request, url: str) -> str:
    """Return that address, if it is one of ours."""
    here = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Without the slash, `redirect` would take it for the name of a view.
    return url if here and url[0] == "/" and fits_a_redirect(url) else ""


def came_from(request) -> str:
    """Return the page of ours that led to this one, as the browser says; "": none."""
    said = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(
        said, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    _scheme, _host, path, query, _part = urlsplit(said)
    is_another = path != request.path
    return ours(request, f"{path}?{query}" if query else path) if is_another else ""


def fits_a_redirect(url: str) -> bool:
    """Whether Django would send somebody there: refusing comes too late to undo."""
    return len(iri_to_uri(url)) <= MAX_URL_REDIRECT_LENGTH


def by_way_of(page, leads_to):
    """Return the address of a page that then leads on, if that is not too long."""
    url = reverse(page)
    longer = f"{url}?{urlencode({'next': leads_to})}" if leads_to else url
    return longer if fits_a_redirect(longer) else url
