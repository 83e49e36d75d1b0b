"""One member of a cohort: who is their superior, and how does the membership end?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.audit.looks import looked
from lms.refusals import Refused
from lms.team import cohorts
from lms.team.actions import end_membership, name_superior
from lms.team.cohort_forms import EndMembershipForm, SuperiorForm
from lms.team.views.in_sight import NAME, of_a_cohort, show_or_take
from lms.team.words import say

MEMBER = gettext_noop("member of a cohort")
FIELDS = [
    NAME,
    gettext_noop("institution"),
    gettext_noop("profession"),
    gettext_noop("position"),
    gettext_noop("since"),
    gettext_noop("superior"),
]


@show_or_take
@of_a_cohort
def cohort_member(request, cohort, person):
    """Who is this member, and who is their superior?"""
    now = timezone.now()
    row = _membership(request, cohort, person, now)
    form = SuperiorForm(
        request.POST if request.method == "POST" else None,
        initial={
            "superior_name": row.superior_name,
            "superior_address": row.superior_address,
        },
    )
    if form.is_valid():
        try:
            name_superior(
                row,
                by=request.user,
                name=form.cleaned_data["superior_name"],
                address=form.cleaned_data["superior_address"],
                at=now,
            )
        except Refused as refused:
            if "own-superior" not in refused.reasons:
                raise
            say(form, refused)
        else:
            messages.success(request, _("The superior is saved."))
            return redirect("cohort_member", cohort.uuid, person)
    looked(request, [row.person_id], purpose=MEMBER, fields=FIELDS)
    on = timezone.localdate(now)
    [member] = cohorts.with_posts([row], viewer=request.user, on=on)
    facts = {"cohort": cohort, "member": member, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "team/member.html", facts, status=status)


@show_or_take
@of_a_cohort
def end_of_membership(request, cohort, person):
    """End a membership, with a reason that the person reads."""
    now = timezone.now()
    row = _membership(request, cohort, person, now)
    form = EndMembershipForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        end_membership(row, by=request.user, reason=reason, at=now)
        messages.success(request, _("The membership has ended."))
        return redirect("cohort", cohort.uuid)
    looked(request, [row.person_id], purpose=MEMBER, fields=[NAME])
    facts = {"cohort": cohort, "person": row.person, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "team/end_membership.html", facts, status=status)


def _membership(request, cohort, person, now):
    on = timezone.localdate(now)
    rows = cohorts.members_of(cohort, viewer=request.user, on=on)
    return get_object_or_404(rows.filter(person__uuid=person)[:1])
