"""The programme of a cohort: its courses in their order, another one, their places."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from courses.assigning import actions, programme
from courses.assigning.forms import AssignForm
from courses.assigning.views.sight import assignment_in_sight, cohort_in_sight
from courses.assigning.words import SENTENCES, say
from courses.models import Course
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.joining import closed_refusals
from lms.team.words import when_it_leaves


@require_safe
@for_holders(Role.TRAINER)
def assignments(request, cohort):
    """What does this cohort take, and how many are done?"""
    found, now = cohort_in_sight(request, cohort), timezone.now()
    facts = {
        "cohort": found,
        "closed": closed_refusals(found, at=now),
        "programme": programme.programme_of(found, language=get_language(), at=now),
    }
    return render(request, "team/assignments.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def assign_course(request, cohort):
    """Which course, until when, after which other? And whom is it asked of?"""
    found, language = cohort_in_sight(request, cohort), get_language()
    now = timezone.now()
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        courses=programme.courses_to_assign(found, language=language),
        firsts=programme.titled(found, language=language),
    )
    if request.method == "POST" and form.is_valid() and _assigned(request, found, form):
        return redirect("assignments", found.uuid)
    status = 422 if request.method == "POST" else 200
    facts = {
        "cohort": found,
        "closed": closed_refusals(found, at=now),
        "reached": programme.reached_by_one_more(found, at=now),
        "form": form,
    }
    return render(request, "team/assign_course.html", facts, status=status)


def _assigned(request, cohort, form) -> bool:
    said = form.cleaned_data
    try:
        actions.assign(
            cohort,
            Course.objects.get(pk=said["course"]),
            by=request.user,
            dates=said["dates"],
            after=said["after"],
            at=timezone.now(),
        )
    except Refused as refused:
        say(form, refused.reasons)
        return False
    messages.success(request, _assigned_in_words(cohort))
    return True


def _assigned_in_words(cohort) -> str:
    """Say that it stands, and when its members get the mail where that is later."""
    leaves = when_it_leaves(cohort, at=timezone.now())
    if not leaves:
        return _("The course is in the programme of the cohort.")
    return _(
        "The course is in the programme of the cohort. The mail that tells its members "
        "goes out on %(moment)s."
    ) % {"moment": leaves}


@require_POST
@for_holders(Role.TRAINER)
def move_assignment(request, cohort, assignment):
    """Let a course change places with its neighbour."""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    direction = request.POST.get("direction")
    if direction not in {"up", "down"}:
        return _not_moved(request, found, _("Choose one: up or down."), status=422)
    try:
        actions.move_assignment(one, up=direction == "up")
    except Refused as refused:
        return _not_moved(request, found, _why_not(refused.reasons[0]), status=409)
    return redirect("assignments", found.uuid)


def _why_not(reason: str) -> str:
    known = {
        "first-comes-later": _(
            "It would come before the course that must be completed first. Change that "
            "one's place, or what comes first."
        ),
        "moved-meanwhile": _("Somebody else moved a course. Look at the programme."),
        "cohort-archived": SENTENCES["cohort-archived"][1],
    }
    return known[reason]


def _not_moved(request, cohort, sentence, *, status):
    facts = {
        "heading": _("Nothing has changed"),
        "sentences": [sentence],
        "url": reverse("assignments", args=[cohort.uuid]),
        "link": _("Back"),
    }
    return render(request, "parts/refused.html", facts, status=status)
