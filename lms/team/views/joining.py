"""To which cohorts am I invited, and how do I join one, or say no?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lms.people import invited
from lms.people.rules import COHORTS_CLOSE_WITHIN
from lms.refusals import Refused
from lms.team import actions, limits
from lms.team.join_forms import TypedCodeForm
from lms.team.joining import (
    answerable_by,
    code_of,
    invitation_of,
    invitations_to,
    learns_in,
)
from lms.web.errors import too_many_requests

SENTENCES = {
    "cohort-archived": gettext_lazy("The cohort is closed. Nobody joins it any more."),
    "cohort-over": gettext_lazy("The cohort is over. Nobody joins it any more."),
    "code-closed": gettext_lazy(
        "The code is closed. Ask whoever shows it for another one."
    ),
    "code-full": gettext_lazy(
        "All places of this code are taken. Ask whoever shows it to open more."
    ),
    "mandate-missing": gettext_lazy(
        "Only a national trainer of the country trains its cohorts. Ask the regional "
        "secretariat for the mandate, then accept the invitation."
    ),
    "not-invited": gettext_lazy(
        "The invitation was answered, was taken back, or has run out. Ask whoever "
        "invited you for another one."
    ),
}


@require_safe
@login_required
def my_invitations(request):
    """To which cohorts am I invited? And the form for a code on a wall."""
    return _list(request, TypedCodeForm())


def _list(request, form, *, status=200):
    facts = {
        "invitations": invitations_to(request.user, at=timezone.now()),
        "form": form,
        "days": COHORTS_CLOSE_WITHIN.days,
    }
    return render(request, "join/invitations.html", facts, status=status)


@require_safe
@never_cache
def join(request, token):
    """Say what the link of a letter is about; looking at it uses nothing up."""
    found = invitation_of(token, at=timezone.now())
    if found is None:
        return _nowhere(request)
    here = request.user.is_authenticated
    facts = {
        "invitation": found,
        "token": token,
        "is_theirs": here and answerable_by(request.user).contains(found),
        "days": COHORTS_CLOSE_WITHIN.days,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "join/invitation.html", facts)


def _nowhere(request):
    """Answer alike what never was a link, was used, was taken back or ran out."""
    if not limits.count_wrong_link(request, at=timezone.now()):
        return too_many_requests(request)
    return render(request, "join/nowhere.html", status=410)


@require_POST
def join_sign_up(request, token):
    """Lead to the sign-up with the address that the letter went to."""
    found = invitation_of(token, at=timezone.now())
    if found is None:
        return _nowhere(request)
    page = reverse("join", args=[token])
    if request.user.is_authenticated:
        return redirect(page)
    invited.remember(request, found, leads_to=page)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': page})}")


@require_POST
@login_required
def accept(request, invitation):
    found = get_object_or_404(answerable_by(request.user), uuid=invitation)
    try:
        actions.redeem(found, by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    cohort = found.cohort
    if found.is_to_train:
        messages.success(request, _("You train %(cohort)s now.") % {"cohort": cohort})
        return redirect("cohort", cohort.uuid)
    return _joined(request, cohort)


def _joined(request, cohort):
    messages.success(request, _("You joined %(cohort)s.") % {"cohort": cohort})
    return redirect("my_learning")


@require_POST
@login_required
def decline(request, invitation):
    found = get_object_or_404(answerable_by(request.user), uuid=invitation)
    try:
        actions.decline(found, by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("You declined the invitation."))
    return redirect("my_invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def by_code(request):
    """Say which cohort a code opens; then, by a button, join it."""
    now, typed = timezone.now(), request.POST or request.GET
    if request.method != "POST" and "code" not in typed:
        return redirect("my_invitations")
    if not limits.may_try_code(request.user, at=now):
        return too_many_requests(request)
    form = TypedCodeForm(typed)
    found = code_of(form.cleaned_data["code"], at=now) if form.is_valid() else None
    if found is None:
        if form.is_valid():
            form.say_unknown()
        return _list(request, form, status=422)
    if request.method != "POST":
        return _code_page(request, found)
    try:
        actions.join_by_code(found, by=request.user, at=now)
    except Refused as refused:
        return _refused(request, refused)
    return _joined(request, found.cohort)


def _code_page(request, code):
    facts = {
        "code": code,
        "is_member": learns_in(request.user, code.cohort, at=timezone.now()),
        "days": COHORTS_CLOSE_WITHIN.days,
    }
    return render(request, "join/code.html", facts)


def _refused(request, refused):
    facts = {
        "heading": _("Nothing has changed"),
        "sentences": [SENTENCES[reason] for reason in refused.reasons],
        "url": reverse("my_invitations"),
        "link": _("See your invitations"),
    }
    return render(request, "parts/refused.html", facts, status=409)
