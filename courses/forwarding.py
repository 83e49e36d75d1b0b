"""Where is the page now that had this address? Bookmarks outlive what editors move."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from courses.reach import open_pages


class FormerAddresses:
    """Sends whoever comes by a former address on to where the page is now.

    Wagtail's own middleware would name the new address of a draft as well.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        reads = request.method in {"GET", "HEAD"}
        if response.status_code != HTTPStatus.NOT_FOUND or not reads:
            return response
        return _sent_on(request) or response


def _sent_on(request: HttpRequest) -> HttpResponse | None:
    path = Redirect.normalise_path(request.path, decode_unicode=False)
    known = get_redirect(request, path)
    if known is None or not _is_open(known):
        return None
    query = request.META["QUERY_STRING"]
    answer = HttpResponsePermanentRedirect(f"{known.link}?{query}".rstrip("?"))
    # The page may be moved back, and a browser that remembers would go in a circle.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _is_open(known: Redirect) -> bool:
    return open_pages(Page.objects.filter(pk=known.redirect_page_id)).exists()
