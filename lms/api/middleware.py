"""What has every answer below /api/ in common? No cache keeps it; a no is a document.

Also the answers that no operation gave: to an unknown address, a method that is not
taken, a request that Django refuses, a failure of ours.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate

from lms.api.problems import BY_STATUS, MEDIA_TYPE, Problem, answer

BELOW = "/api/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class MachineAnswers:
    """Turns pages that are meant for people into problem documents."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(BELOW):
            return response
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response = _document_of(request, response)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _document_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer as a problem document; one that is one stays as it is."""
    if response.headers.get("Content-Type", "") == MEDIA_TYPE:
        return response
    status = response.status_code
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    code = BY_STATUS.get(status, "server-error" if is_ours else "request-unreadable")
    activate(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return answer(Problem(code, headers=kept))
