"""Announcing trainings in the regional calendar: trainers, and the secretariat."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.inperson.actions.trainings import (
    announce,
    change_training,
    withdraw_training,
)
from courses.inperson.training_forms import TrainingForm, typed_before
from courses.models import Training
from lms.people.choices import Country, Role
from lms.people.gates import for_holders

PER_PAGE = 50
show_or_take = require_http_methods(["GET", "HEAD", "POST"])
for_announcers = for_holders(Role.TRAINER, Role.SECRETARIAT)


def _in_sight(request):
    rows = Training.objects.visible_to(request.user, on=timezone.localdate())
    return rows.standing()


def _countries(request) -> list[str]:
    """Return the countries in which the reader may announce."""
    if any(mandate.role == Role.SECRETARIAT for mandate in request.mandates):
        return list(Country.values)
    return sorted({mandate.country for mandate in request.mandates})


@require_safe
@for_announcers
def trainings(request):
    """Which trainings of the calendar may I change?"""
    rows = _in_sight(request).order_by("-from_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/inperson/trainings.html", {"page_obj": page})


@show_or_take
@for_announcers
def new(request):
    """Announce a training."""
    sent = request.POST if request.method == "POST" else None
    form = TrainingForm(sent, countries=_countries(request))
    if not form.is_valid():
        return _form_page(request, {"form": form})
    announce(form.said(), by=request.user, at=timezone.now())
    messages.success(request, _("The training is in the calendar."))
    return redirect("trainings")


@show_or_take
@for_announcers
def edit(request, training):
    """Change what the calendar says."""
    found = get_object_or_404(_in_sight(request), uuid=training)
    sent = request.POST if request.method == "POST" else None
    initial = typed_before(found)
    form = TrainingForm(sent, countries=_countries(request), initial=initial)
    if not form.is_valid():
        return _form_page(request, {"form": form, "training": found})
    change_training(found, said=form.said())
    messages.success(request, _("The training is changed."))
    return redirect("trainings")


def _form_page(request, facts):
    status = 422 if facts["form"].is_bound else 200
    template = "courses/inperson/training_form.html"
    return render(request, template, facts, status=status)


@show_or_take
@for_announcers
def withdraw(request, training):
    """Take a training out of the calendar, once sure."""
    found = get_object_or_404(_in_sight(request), uuid=training)
    if request.method != "POST":
        facts = {
            "heading": _("Take the training out of the calendar"),
            "text": _("“%(title)s” is no longer shown to anybody.")
            % {"title": found.title(request.LANGUAGE_CODE)},
            "action": reverse("training_withdraw", args=[found.uuid]),
            "button": _("Take it out"),
            "cancel": reverse("trainings"),
            "danger": True,
        }
        return render(request, "parts/confirm.html", facts)
    withdraw_training(found, at=timezone.now())
    messages.success(request, _("The training is out of the calendar."))
    return redirect("trainings")
