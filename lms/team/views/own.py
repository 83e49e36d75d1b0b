"""In which cohorts do I learn, and how do I leave one?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.audit.looks import looked
from lms.refusals import Refused
from lms.team.actions import leave, name_superior
from lms.team.cohort_forms import SuperiorForm
from lms.team.own import cohorts_of_learner, memberships_of
from lms.team.views.in_sight import NAME, said, show_or_take
from lms.team.views.trainers import TRAINERS
from lms.team.words import say


@require_safe
@login_required
def my_cohorts(request):
    """In which cohorts do I learn, and who trains them?"""
    own = cohorts_of_learner(request.user, on=timezone.localdate())
    shown = [person.pk for one in own.now for person in one.trainers]
    looked(request, shown, purpose=TRAINERS, fields=[NAME])
    return render(request, "team/my_cohorts.html", {"own": own})


@show_or_take
@login_required
def leave_cohort(request, cohort):
    """Leave a cohort, on a page that asks once more."""
    row = _membership(request, cohort)
    if request.method != "POST":
        return _leave_page(request, row)
    try:
        leave(row, by=request.user, at=timezone.now())
    except Refused as refused:
        return said(request, refused, url=reverse("my_cohorts"))
    messages.success(request, _("You left the cohort."))
    return redirect("my_cohorts")


def _leave_page(request, row):
    facts = {
        "heading": _("Leave the cohort"),
        "text": _(
            "%(cohort)s. Its trainers do not see you any more. What you completed and "
            "your certificates stay yours. Only a trainer can invite you again."
        )
        % {"cohort": row.cohort.name},
        "action": reverse("leave_cohort", args=[row.cohort.uuid]),
        "button": _("Leave the cohort"),
        "cancel": reverse("my_cohorts"),
        "danger": True,
    }
    return render(request, "parts/confirm.html", facts)


@show_or_take
@login_required
def my_superior(request, cohort):
    """Who is my superior, as this cohort knows?"""
    row = _membership(request, cohort)
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
                at=timezone.now(),
            )
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _("Your superior is saved."))
            return redirect("my_cohorts")
    status = 422 if form.is_bound else 200
    facts = {"form": form, "cohort": row.cohort}
    return render(request, "team/my_superior.html", facts, status=status)


def _membership(request, cohort):
    rows = memberships_of(request.user, on=timezone.localdate())
    return get_object_or_404(rows.filter(cohort__uuid=cohort)[:1])
