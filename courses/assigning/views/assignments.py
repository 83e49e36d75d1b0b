"""One assigned course: how each member stands, its dates, and taking it out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.assigning import actions, programme
from courses.assigning.forms import DatesForm
from courses.assigning.standing import standing_of
from courses.assigning.views.sight import (
    FIELDS,
    PURPOSE,
    assignment_in_sight,
    cohort_in_sight,
)
from courses.assigning.words import SENTENCES, STATES, say
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.cohorts import PER_PAGE, members_of


@require_safe
@for_holders(Role.TRAINER)
def assignment(request, cohort, assignment):
    """Who is done with this course, who is not, and until when do they have?"""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    members = members_of(found, viewer=request.user, on=timezone.localdate())
    page = Paginator(members, PER_PAGE).get_page(request.GET.get("page"))
    people = [row.person for row in page]
    standings = standing_of(found, people, at=timezone.now())
    looked(request, people, purpose=PURPOSE, fields=FIELDS)
    facts = {
        "cohort": found,
        "assignment": one,
        "title": _title(one),
        "page_obj": page,
        "rows": [
            (standing, STATES[standing.state])
            for person in people
            for standing in standings[person.pk]
            if standing.assignment == one
        ],
    }
    return render(request, "team/assignment.html", facts)


def _title(one) -> str:
    titles = programme.titles_of([one.course_id], language=get_language())
    return titles.get(one.course_id, one.course.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def change_assignment(request, cohort, assignment):
    """Until when do they have now, and after which course?"""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    form = DatesForm(
        request.POST if request.method == "POST" else None,
        firsts=_before(one),
        initial={
            "opens_on": one.opens_on,
            "due_on": one.due_on,
            "due_after_days": one.due_after_days,
            "after": str(one.after_id or ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_assignment(
                one, dates=said["dates"], after=said["after"], at=timezone.now()
            )
        except Refused as refused:
            say(form, refused.reasons)
        else:
            messages.success(request, _("The dates are changed."))
            return redirect("assignment", found.uuid, one.pk)
    status = 422 if request.method == "POST" else 200
    facts = {"cohort": found, "assignment": one, "title": _title(one), "form": form}
    return render(request, "team/change_assignment.html", facts, status=status)


def _before(one):
    """Return what stands before it in the programme, with titles."""
    rows = programme.titled(one.cohort, language=get_language())
    places = [assignment.pk for assignment, _title in rows]
    return rows[: places.index(one.pk)]


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def withdraw_assignment(request, cohort, assignment):
    """Ask, then take the course out of the programme."""
    found = cohort_in_sight(request, cohort)
    one = assignment_in_sight(request, found, assignment)
    here = reverse("assignment", args=[found.uuid, one.pk])
    if request.method != "POST":
        facts = {
            "heading": _("Take %(course)s out of the programme")
            % {"course": _title(one)},
            "text": _(
                "Its dates no longer count and nobody is reminded of them. Whoever has "
                "begun it keeps what they did and may finish it."
            ),
            "action": reverse("withdraw_assignment", args=[found.uuid, one.pk]),
            "button": _("Take it out"),
            "cancel": here,
            "danger": True,
        }
        return render(request, "parts/confirm.html", facts)
    try:
        actions.withdraw_assignment(one, at=timezone.now())
    except Refused as refused:
        facts = {
            "heading": _("Nothing has changed"),
            "sentences": [SENTENCES[reason][1] for reason in refused.reasons],
            "url": here,
            "link": _("Back"),
        }
        return render(request, "parts/refused.html", facts, status=409)
    messages.success(request, _("The course is out of the programme."))
    return redirect("assignments", found.uuid)
