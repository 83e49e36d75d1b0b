"""The pages about the platform itself, and the reader's choice of appearance."""

from datetime import date

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from lms.people import kept_for
from lms.people.duties import LEARNING, home_of
from lms.people.languages import language_of
from lms.people.models import Consent
from lms.web.context import AS_THE_DEVICE, THEMES
from lms.web.next import safe_next

STATED_ON = date(2026, 11, 24)
A_YEAR = 365 * 24 * 60 * 60


@vary_on_headers("Accept-Language", "Cookie")
def front_door(request):
    """Lead to the reader's work, or to the courses, in the reader's language."""
    language = language_of(request, account=getattr(request.user, "language", ""))
    with override(language):
        return redirect(_desk_of(request.user) or f"/{language}/")


def _desk_of(person) -> str:
    """Return the address of somebody's desk; "" for who only learns, or is nobody."""
    if not person.is_authenticated:
        return ""
    home = home_of(person, at=timezone.now())
    return "" if home == LEARNING else reverse(home)


@require_safe
def help_page(request):
    return render(request, "pages/help.html", {"support": settings.SUPPORT_EMAIL})


@require_safe
def accessibility(request):
    facts = {"support": settings.SUPPORT_EMAIL, "stated_on": STATED_ON}
    return render(request, "pages/accessibility.html", facts)


@require_safe
def privacy(request):
    """Show the notice, and to who is signed in the version that they agreed to."""
    facts = {
        "version": settings.PRIVACY_NOTICE_VERSION,
        "agreed": _latest_consent(request.user),
        "retention": kept_for.table(),
        "support": settings.SUPPORT_EMAIL,
    }
    return render(request, "pages/privacy.html", facts)


def _latest_consent(person):
    if not person.is_authenticated:
        return None
    consents = Consent.objects.own(person)
    return consents.order_by("-at").first()


@require_safe
def pause(request):
    """Offer a pause; `back` is where the reader was."""
    return render(request, "pages/pause.html", {"back": safe_next(request)})


@require_POST
def theme(request):
    """Remember light, dark or (the cookie goes) what the device says."""
    chosen = request.POST.get("theme")
    if chosen not in {AS_THE_DEVICE, *THEMES}:
        return _no_such_theme(request)
    answer = HttpResponseRedirect(safe_next(request) or reverse("accessibility"))
    if chosen == AS_THE_DEVICE:
        answer.delete_cookie("theme", samesite="Lax")
    else:
        answer.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax")
    return answer


def _no_such_theme(request):
    facts = {
        "heading": _("Nothing was changed"),
        "sentences": [_("Choose one of the colours in the list.")],
        "url": reverse("accessibility") + "#appearance",
        "link": _("Choose the colours"),
    }
    return render(request, "parts/refused.html", facts, status=422)
