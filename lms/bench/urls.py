"""The addresses of Campus, and a signed-in view that does nothing to compare with."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms import urls
from lms.urls import handler400, handler403, handler404, handler429, handler500

__all__ = [
    "handler400",
    "handler403",
    "handler404",
    "handler429",
    "handler500",
    "urlpatterns",
]


@login_required
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer who asks: what session, user and middleware cost, and no more."""
    return HttpResponse(request.user.pk)


urlpatterns = [path("bench/nothing/", nothing), *urls.urlpatterns]
