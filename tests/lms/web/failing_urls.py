"""The platform's addresses and three that always fail."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.urls import path

from lms import urls
from lms.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def failing_with(failure):
    def view(request):
        raise failure

    return view


urlpatterns = [
    path("fail/400", failing_with(SuspiciousOperation)),
    path("fail/403", failing_with(PermissionDenied)),
    path("fail/500", failing_with(DatabaseError)),
    *urls.urlpatterns,
]
