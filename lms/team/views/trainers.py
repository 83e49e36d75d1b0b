"""Who trains this cohort with me, and how does that begin and end?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.audit.looks import looked
from lms.people.models import Invitation
from lms.refusals import Refused
from lms.team.actions import Asked, invite, take_off
from lms.team.cohort_forms import AddressForm
from lms.team.trainers import asked_to_train, trainers_of
from lms.team.views.in_sight import NAME, of_a_cohort, show_or_take
from lms.team.words import say

TRAINERS = gettext_noop("trainers of a cohort")
SINCE = gettext_noop("since")


@show_or_take
@of_a_cohort
def cohort_trainers(request, cohort):
    """Who trains this cohort, since when, and who is asked to?"""
    now = timezone.now()
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(request, cohort, form, at=now):
        messages.success(
            request, _("The invitation is there. It holds for seven days.")
        )
        return redirect("cohort_trainers", cohort.uuid)
    on = timezone.localdate(now)
    rows = list(trainers_of(cohort, viewer=request.user, on=on))
    looked(
        request,
        [row.trainer_id for row in rows],
        purpose=TRAINERS,
        fields=[NAME, SINCE],
    )
    facts = {
        "cohort": cohort,
        "form": form,
        "rows": rows,
        "asked": asked_to_train(cohort, viewer=request.user, at=now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "team/trainers.html", facts, status=status)


def _asked(request, cohort, form, *, at):
    """Invite whoever was typed; say why not beside the form."""
    asked = [Asked(form.cleaned_data["address"])]
    role = Invitation.Role.TRAINER
    try:
        invite(cohort, by=request.user, asked=asked, role=role, at=at)
    except Refused as refused:
        say(form, refused)
        return False
    return True


@show_or_take
@of_a_cohort
def take_off_trainer(request, cohort, person):
    """Take a trainer off the cohort, oneself too, on a page that asks once more."""
    now = timezone.now()
    rows = trainers_of(cohort, viewer=request.user, on=timezone.localdate(now))
    row = get_object_or_404(rows.filter(trainer__uuid=person)[:1])
    oneself = row.trainer_id == request.user.pk
    if request.method != "POST":
        looked(request, [row.trainer_id], purpose=TRAINERS, fields=[NAME])
        return _take_off_page(request, cohort, row, oneself=oneself)
    take_off(row, by=request.user, at=now)
    if oneself:
        messages.success(request, _("You train this cohort no more."))
        return redirect("team")
    messages.success(request, _("The person trains this cohort no more."))
    return redirect("cohort_trainers", cohort.uuid)


def _take_off_page(request, cohort, row, *, oneself):
    if oneself:
        text = _(
            "You see this cohort and its people no more, from your next page on. "
            "Another trainer of the cohort can invite you again."
        )
    else:
        text = _(
            "%(name)s sees this cohort and its people no more, from their next page "
            "on. You can invite them again."
        ) % {"name": row.trainer.legal_name}
    facts = {
        "heading": _("Stop training this cohort")
        if oneself
        else _("Take somebody off"),
        "text": text,
        "action": reverse("take_off_trainer", args=[cohort.uuid, row.trainer.uuid]),
        "button": _("Stop training") if oneself else _("Take off the cohort"),
        "cancel": reverse("cohort_trainers", args=[cohort.uuid]),
        "danger": True,
    }
    return render(request, "parts/confirm.html", facts)
