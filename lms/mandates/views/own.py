"""What is offered to me, which mandates do I hold, and how do I give one back?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lms.mandates import actions
from lms.mandates.own import answerable_by, mandates_of
from lms.mandates.views.refusing import refused_page
from lms.people.models import Mandate
from lms.refusals import Refused


@require_safe
@login_required
def my_mandates(request):
    """What is offered to me, what do I hold, what did I hold?"""
    own = mandates_of(request.user, on=timezone.localdate())
    return render(request, "mandates/my_mandates.html", {"own": own})


@require_POST
@login_required
def decline(request, mandate):
    now = timezone.now()
    theirs = answerable_by(request.user, on=timezone.localdate(now))
    found = get_object_or_404(theirs, uuid=mandate)
    try:
        actions.decline(found, by=request.user, at=now)
    except Refused as refused:
        return refused_page(request, refused, heading=_("The mandate was not declined"))
    messages.success(request, _("You declined the mandate."))
    return redirect("my_mandates")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def give_back(request, mandate):
    """End a mandate of my own, on a page that asks once more."""
    now = timezone.now()
    held = Mandate.objects.own(request.user).not_over(timezone.localdate(now))
    found = get_object_or_404(held.with_place(), uuid=mandate)
    if request.method != "POST":
        return _give_back_page(request, found)
    try:
        actions.end(found, by=request.user, reason=actions.GIVEN_BACK, at=now)
    except Refused as refused:
        return refused_page(
            request, refused, heading=_("The mandate was not given back")
        )
    messages.success(request, _("You gave the mandate back."))
    return redirect("my_mandates")


def _give_back_page(request, mandate):
    facts = {
        "heading": _("Give back a mandate"),
        "text": _(
            "%(role)s, %(place)s. It ends at once: what it opened to you is closed. "
            "Only somebody above can grant it again."
        )
        % {"role": mandate.get_role_display(), "place": mandate.place},
        "action": reverse("give_back_mandate", args=[mandate.uuid]),
        "button": _("Give it back"),
        "cancel": reverse("my_mandates"),
        "danger": True,
    }
    return render(request, "parts/confirm.html", facts)
