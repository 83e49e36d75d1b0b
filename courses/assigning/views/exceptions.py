"""What is different for one member: another day, more attempts or minutes, and why."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.assigning import actions
from courses.assigning.forms import ExceptionForm
from courses.assigning.standing import standing_of
from courses.assigning.views.sight import (
    FIELDS,
    PURPOSE,
    assignment_in_sight,
    cohort_in_sight,
    member_in_sight,
)
from courses.assigning.words import SENTENCES, STATES, say
from courses.models import AssignmentException
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def assignment_exception(request, cohort, assignment, person):
    """Until when does this person have, with how many attempts, and why?"""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    member = member_in_sight(request, found, person)
    form = ExceptionForm(
        request.POST if request.method == "POST" else None,
        initial={"extra_attempts": 0, "extra_minutes": 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.except_person(
                one,
                member.person,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            say(form, refused.reasons)
        else:
            messages.success(request, _("It is different for this person now."))
            return redirect("assignment", found.uuid, one.pk)
    standing = _standing(found, one, member)
    looked(request, [member.person_id], purpose=PURPOSE, fields=FIELDS)
    facts = {
        "cohort": found,
        "assignment": one,
        "title": standing.title(get_language()),
        "person": member.person,
        "standing": standing,
        "state": STATES[standing.state],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "team/assignment_exception.html", facts, status=status)


def _standing(cohort, assignment, member):
    mine = standing_of(cohort, [member.person], at=timezone.now())[member.person_id]
    return next(one for one in mine if one.assignment == assignment)


@require_POST
@for_holders(Role.TRAINER)
def end_exception(request, cohort, assignment, person):
    """Let this person have the same day and attempts as all."""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    member = member_in_sight(request, found, person)
    rows = AssignmentException.objects.visible_to(request.user).standing()
    rows = rows.filter(assignment=one, person=member.person_id)
    try:
        for exception in rows.select_related("assignment__cohort"):
            actions.end_exception(exception, at=timezone.now())
    except Refused as refused:
        facts = {
            "heading": _("Nothing has changed"),
            "sentences": [SENTENCES[reason][1] for reason in refused.reasons],
            "url": reverse("assignment", args=[found.uuid, one.pk]),
            "link": _("Back"),
        }
        return render(request, "parts/refused.html", facts, status=409)
    messages.success(request, _("It is the same for this person as for all."))
    return redirect("assignment", found.uuid, one.pk)
