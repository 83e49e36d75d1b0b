"""The pages about the platform itself, and the reader's choice of appearance."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from lms.web.context import THEMES
from lms.web.next import safe_next

A_YEAR = 365 * 24 * 60 * 60


@vary_on_headers("Accept-Language", "Cookie")
def front_door(request):
    """Lead to the home page in the reader's language."""
    language = getattr(request.user, "language", "") or get_language()
    return redirect(f"/{language}/")


@require_GET
def help_page(request):
    return render(request, "pages/help.html")


@require_GET
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_GET
def privacy(request):
    version = settings.PRIVACY_NOTICE_VERSION
    return render(request, "pages/privacy.html", {"version": version})


@require_GET
def pause(request):
    """Offer a pause; `back` is where the reader was."""
    return render(request, "pages/pause.html", {"back": safe_next(request)})


@require_POST
def theme(request):
    """Remember light, dark or (the cookie goes) what the system says."""
    answer = HttpResponseRedirect(safe_next(request) or reverse("accessibility"))
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax")
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


@require_GET
@cache_control(max_age=24 * 60 * 60)
def robots(request):
    """Say which addresses are nobody's business but the person's own."""
    return render(
        request,
        "pages/robots.txt",
        {"languages": [code for code, _name in settings.LANGUAGES]},
        content_type="text/plain",
    )
