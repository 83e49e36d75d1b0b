"""The workshops of a cohort: listing, planning, changing, calling them off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.inperson.actions.workshops import (
    cancel_workshop,
    change_workshop,
    plan_workshop,
)
from courses.inperson.forms import WorkshopForm, typed_before
from courses.inperson.views.finding import (
    cohort_at_work,
    cohort_in_sight,
    workshop_in_sight,
)
from courses.inperson.views.words import sentences_of
from courses.inperson.workshops import workshops_of
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused

PER_PAGE = 50
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_holders(Role.TRAINER)
def workshops(request, cohort):
    """Which workshops does this cohort hold?"""
    found = cohort_in_sight(request, cohort)
    rows = workshops_of(found, viewer=request.user, on=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"cohort": found, "page_obj": page}
    return render(request, "courses/inperson/workshops.html", facts)


@show_or_take
@for_holders(Role.TRAINER)
def new(request, cohort):
    """Plan a workshop."""
    found = cohort_at_work(request, cohort)
    form = WorkshopForm(_sent(request), cohort=found, initial={"language": "es"})
    if form.is_valid():
        try:
            made = plan_workshop(
                found, plan=form.plan(), by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("The workshop is planned."))
            return redirect("workshop", found.uuid, made.uuid)
    facts = {"form": form, "cohort": found}
    return _form_page(request, facts)


@show_or_take
@for_holders(Role.TRAINER)
def edit(request, cohort, workshop):
    """Change what a workshop says."""
    found = cohort_at_work(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    form = WorkshopForm(_sent(request), cohort=found, initial=typed_before(one))
    if form.is_valid():
        try:
            change_workshop(one, plan=form.plan(), at=timezone.now())
        except Refused as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("The workshop is changed."))
            return redirect("workshop", found.uuid, one.uuid)
    facts = {"form": form, "cohort": found, "workshop": one}
    return _form_page(request, facts)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _say(form, refusal: Refused) -> None:
    for sentence in sentences_of(refusal):
        form.add_error(None, sentence)


def _form_page(request, facts):
    status = 422 if facts["form"].is_bound else 200
    template = "courses/inperson/workshop_form.html"
    return render(request, template, facts, status=status)


@show_or_take
@for_holders(Role.TRAINER)
def cancel(request, cohort, workshop):
    """Call a workshop off, once sure."""
    found = cohort_at_work(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    here = reverse("workshop", args=[found.uuid, one.uuid])
    if request.method != "POST":
        facts = {
            "heading": _("Cancel the workshop"),
            "text": _(
                "“%(title)s” stays in the lists of the learners as cancelled until its "
                "day. Its places are no longer to be had."
            )
            % {"title": one.title},
            "action": reverse("workshop_cancel", args=[found.uuid, one.uuid]),
            "button": _("Cancel the workshop"),
            "cancel": here,
            "danger": True,
        }
        return render(request, "parts/confirm.html", facts)
    try:
        cancel_workshop(one, at=timezone.now())
    except Refused as refusal:
        facts = {
            "heading": _("The workshop was not cancelled"),
            "sentences": sentences_of(refusal),
            "url": here,
            "link": _("See the workshop"),
        }
        return render(request, "parts/refused.html", facts, status=409)
    messages.success(request, _("The workshop is cancelled."))
    return redirect(here)
