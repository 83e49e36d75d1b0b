"""The API's description: for programs as OpenAPI, for people as a page of our own."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.api.described import described
from lms.api.frame import api


@require_safe
def description(request):
    return JsonResponse(api.get_openapi_schema())


@require_safe
def docs(request):
    """Show what can be asked, in the reader's language; nothing is loaded for it."""
    facts = {
        "api": described(api.get_openapi_schema()),
        "base": settings.SITE_URL.rstrip("/"),
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
    }
    return render(request, "api/docs.html", facts)
