"""The code on the wall of a room: who may join by it, until when, and is it full?"""

import segno
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.crockford import in_fours
from lms.mail.actions import from_here
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import JoinCode
from lms.refusals import Refused
from lms.team import actions
from lms.team.cohorts import cohorts_of
from lms.team.join_forms import CodeForm
from lms.team.joining import closed_refusals
from lms.team.views.inviting import SENTENCES, cohort_of, refused_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def join_code(request, cohort):
    """Which code is on the wall? And a form to open one."""
    found, now = cohort_of(request, cohort), timezone.now()
    if request.method != "POST":
        return _page(request, found, CodeForm())
    if reasons := closed_refusals(found, at=now):
        return refused_page(request, found, reasons)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        actions.open_code(found, by=request.user, **form.cleaned_data, at=now)
    except Refused as refused:  # archived since
        return refused_page(request, found, refused.reasons)
    messages.success(request, _("The code is open. Show it to the room."))
    return redirect("join_code", found.uuid)


def _page(request, cohort, form, *, status=200):
    now = timezone.now()
    code = JoinCode.objects.visible_to(request.user).open(now).filter(cohort=cohort)
    refusals = closed_refusals(cohort, at=now)
    facts = {
        "cohort": cohort,
        "form": None if refusals else form,
        "refusals": [SENTENCES[reason] for reason in refusals],
        "people": _listed(request, cohort, on=timezone.localdate(now)),
        **_as_shown(code.first()),
    }
    return render(request, "team/join_code.html", facts, status=status)


def _listed(request, cohort, *, on):
    """Return how many people the trainer reads in the list of the cohort."""
    return cohorts_of(request.user, on=on).get(pk=cohort.pk).people


def _as_shown(code):
    """Return the code in groups, and a picture that leads a phone to its page."""
    if code is None:
        return {}
    path = f"{reverse('join_by_code')}?{urlencode({'code': code.code})}"
    # Black on white in either theme: a phone reads nothing else.
    qr = segno.make(from_here(path)).svg_inline(scale=6, dark="#000", light="#fff")
    return {
        "code": code,
        "in_fours": in_fours(code.code),
        "page": from_here(reverse("my_invitations")),
        "qr": qr,
    }


@require_POST
@for_holders(Role.TRAINER)
def close_code(request, cohort):
    found = cohort_of(request, cohort)
    actions.close_code(found, at=timezone.now())
    messages.success(request, _("The code is closed. Nobody joins by it any more."))
    return redirect("join_code", found.uuid)
