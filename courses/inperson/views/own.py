"""A learner's own workshops: reading one, taking a place, saying that one is there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from courses.inperson.actions.attendance import mark_by_code
from courses.inperson.actions.places import give_place_back, take_place
from courses.inperson.forms import CodeForm
from courses.inperson.views.words import sentences_of
from courses.inperson.workshops import Mine, workshop_for
from lms.refusals import Refused


def own_workshop(request, key) -> Mine:
    found = workshop_for(
        request.user, on=timezone.localdate(), at=timezone.now(), uuid=key
    )
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def my_workshop(request, workshop):
    """When and where is it, what do I bring, do I have a place?"""
    found = own_workshop(request, workshop)
    facts = {"mine": found, "workshop": found.workshop}
    return render(request, "courses/inperson/my_workshop.html", facts)


@require_POST
@login_required
def take(request, workshop):
    found = own_workshop(request, workshop).workshop
    try:
        take_place(found, person=request.user, at=timezone.now())
    except Refused as refusal:
        facts = {
            "heading": _("You have no place"),
            "sentences": sentences_of(refusal),
            "url": reverse("my_workshop", args=[found.uuid]),
            "link": _("See the workshop"),
        }
        return render(request, "parts/refused.html", facts, status=409)
    messages.success(request, _("You have a place."))
    return redirect("my_workshop", found.uuid)


@require_POST
@login_required
def give_back(request, workshop):
    found = own_workshop(request, workshop).workshop
    give_place_back(found, person=request.user, at=timezone.now())
    messages.success(request, _("You have no place now."))
    return redirect("my_workshop", found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def here(request, workshop):
    """Say that one is there, by the code that stands on the screen of the room."""
    found = own_workshop(request, workshop)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            mark = mark_by_code(
                found.workshop,
                person=request.user,
                typed=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except Refused as refusal:
            for sentence in sentences_of(refusal):
                form.add_error("code", sentence)
        else:
            _tell(request, present=mark.present)
            return redirect("my_workshop", found.workshop.uuid)
    facts = {"mine": found, "workshop": found.workshop, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "courses/inperson/here.html", facts, status=status)


def _tell(request, *, present: bool) -> None:
    if present:
        messages.success(request, _("You are marked present."))
    else:
        messages.warning(request, _("You were marked absent. Ask your trainer."))
