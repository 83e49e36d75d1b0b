"""Whom did I invite into a cohort, and whom do I invite now?"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import Cohort, Invitation
from lms.refusals import Refused
from lms.team import actions
from lms.team.actions import Asked
from lms.team.invitations import PER_PAGE, as_rows, invitations_in
from lms.team.join_forms import InviteForm
from lms.team.joining import closed_refusals
from lms.team.rules import INVITATIONS_LAST

SENTENCES = {
    "cohort-archived": gettext_lazy(
        "The cohort is archived: it is read and no longer changed."
    ),
    "cohort-over": gettext_lazy(
        "The cohort is over: nobody comes into it any more. Give it a later last day "
        "first."
    ),
    "invitation-over": gettext_lazy(
        "The invitation was accepted or taken back meanwhile."
    ),
}


def cohort_of(request, cohort):
    """Return the cohort if it is one that the viewer trains."""
    return get_object_or_404(Cohort.objects.visible_to(request.user), uuid=cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def invitations(request, cohort):
    """Who is invited and has not come yet? And a form to invite more."""
    found, now = cohort_of(request, cohort), timezone.now()
    if request.method != "POST":
        return _page(request, found, InviteForm())
    if reasons := closed_refusals(found, at=now):
        return refused_page(request, found, reasons)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    asked = [Asked(address) for address in form.cleaned_data["addresses"]]
    try:
        new = actions.invite(found, by=request.user, asked=asked, at=now)
    except Refused as refused:  # archived since
        return refused_page(request, found, refused.reasons)
    messages.success(request, _said_of(new))
    return redirect("invitations", found.uuid)


def _said_of(new):
    """Say how many letters go out; who has an account makes no difference."""
    if not new:
        return _("Everybody on the list has an open invitation already.")
    return ngettext(
        "%(count)d invitation is on its way.",
        "%(count)d invitations are on their way.",
        new,
    ) % {"count": new}


def _page(request, cohort, form, *, status=200):
    now = timezone.now()
    rows = invitations_in(cohort, viewer=request.user, on=timezone.localdate(now))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    refusals = closed_refusals(cohort, at=now)
    facts = {
        "cohort": cohort,
        "form": None if refusals else form,
        "refusals": [SENTENCES[reason] for reason in refusals],
        "page_obj": page,
        "rows": as_rows(page, at=now),
        "days": INVITATIONS_LAST.days,
    }
    return render(request, "team/invitations.html", facts, status=status)


@require_POST
@for_holders(Role.TRAINER)
def ask_again(request, cohort, invitation):
    """Send another link to the same address; the one sent before works no more."""
    now = timezone.now()
    return _change(
        request,
        cohort,
        invitation,
        lambda found: actions.ask_again(found, by=request.user, at=now),
        _("Another invitation is on its way."),
    )


@require_POST
@for_holders(Role.TRAINER)
def take_back(request, cohort, invitation):
    now = timezone.now()
    return _change(
        request,
        cohort,
        invitation,
        lambda found: actions.take_back(found, at=now),
        _("The invitation is taken back. Its link works no more."),
    )


def _change(request, cohort, invitation, act, sentence):
    found = cohort_of(request, cohort)
    rows = Invitation.objects.visible_to(request.user).filter(cohort=found)
    one = get_object_or_404(rows, uuid=invitation)
    reasons = closed_refusals(found, at=timezone.now())
    try:
        if reasons:
            raise Refused(*reasons)
        act(one)
    except Refused as refused:
        return refused_page(request, found, refused.reasons)
    messages.success(request, sentence)
    return redirect("invitations", found.uuid)


def refused_page(request, cohort, reasons):
    facts = {
        "heading": _("Nothing has changed"),
        "sentences": [SENTENCES[reason] for reason in reasons],
        "url": reverse("cohort", args=[cohort.uuid]),
        "link": _("See the cohort"),
    }
    return render(request, "parts/refused.html", facts, status=409)
