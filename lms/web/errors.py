"""Our own pages for what goes wrong, in the reader's language."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from lms.people.typed import brought_back
from lms.web.context import frame


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def too_many_requests(request, exception=None):
    return render(request, "errors/429.html", status=429)


def server_error(request):
    """Answer without who is signed in: the database may be what failed."""
    facts = frame(request) | {
        "language": get_language() or settings.LANGUAGE_CODE,
        "reference": getattr(request, "reference", ""),
    }
    return HttpResponseServerError(render_to_string("errors/500.html", facts))


def csrf_failure(request, reason=""):
    """Say so; who signed in in another tab finds what they typed on the page again."""
    return brought_back(request) or render(request, "errors/csrf.html", status=403)
