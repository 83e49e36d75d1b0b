"""What every answer carries: a policy, a rule for caches, a line in the log."""

import logging
from http import HTTPStatus
from secrets import token_hex
from time import perf_counter

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers
from django.utils.translation import activate, get_language

from lms.people.languages import language_of
from lms.web import back

log = logging.getLogger("campus.request")


class LanguageMiddleware(LocaleMiddleware):
    """Speaks the reader's language, and leaves an unknown address unknown.

    Django's own knows no `?lang=`, and sends an unknown address on to the same one
    below a language first.
    """

    def process_request(self, request):
        activate(language_of(request))
        request.LANGUAGE_CODE = get_language()

    def process_response(self, request, response):
        if response.status_code == HTTPStatus.NOT_FOUND:
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)


class PolicyMiddleware(ContentSecurityPolicyMiddleware):
    """The strict policy everywhere, Wagtail's looser one on its own path.

    A preview runs the middleware once more on a made-up request; its policy is already
    in the answer when the outer request passes here, and stays.
    """

    def process_response(self, request, response):
        if request.path_info.startswith("/admin/") and not hasattr(
            response, "_csp_config"
        ):
            response._csp_config = settings.SECURE_CSP_ADMIN
        return super().process_response(request, response)


class PrivatePages:
    """Nothing that a signed-in person was shown stays in a cache, or serves others.

    But for pages that are being filled in (`lms.web.back`), which serve nobody else.

    Another site's page cannot draw it in (`Cross-Origin-Resource-Policy`, Fetch
    standard), and a browser that several people use forgets it at the sign-out
    (`Clear-Site-Data`, W3C): all of it where that was said at the sign-in. Elsewhere
    answers that wait for the line stay, for nobody but their owner.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if back.is_for_who_goes_back(response) and not is_shared(request):
                back.add_headers(response)
            else:
                add_never_cache_headers(response)
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if getattr(request, "has_signed_out", False):
            forgotten = '"cache", "storage"' if request.was_shared else '"cache"'
            response.headers["Clear-Site-Data"] = forgotten
        return response


def is_shared(request) -> bool:
    """Whether it was said at the sign-in that nothing stays at this computer."""
    return request.session.get_expire_at_browser_close()


@receiver(user_logged_out)
def note_sign_out(sender, request, **_more) -> None:
    if request is not None:
        request.has_signed_out = True
        request.was_shared = is_shared(request)


class RequestLog:
    """One line per request: which view answered, how, and how long it took.

    No path, query, address or person: a path can hold a certificate's code.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reference = token_hex(4).upper()
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "facts": {
                    "reference": request.reference,
                    "method": request.method,
                    "view": match.view_name if match else None,
                    "status": response.status_code,
                    "ms": round((perf_counter() - began) * 1000, 1),
                }
            },
        )
        return response
