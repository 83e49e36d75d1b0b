"""Observed practice: a trainer signs a checklist, the learner reads it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.inperson.actions.practice import sign_observation
from courses.inperson.checklists import (
    BY_TRACK,
    checklist_for,
    how_many_each,
    observations_of,
    own_observations,
)
from courses.inperson.practice_forms import PracticeForm
from courses.inperson.views.finding import (
    NAME,
    PURPOSE,
    cohort_at_work,
    cohort_in_sight,
    member_in_sight,
)
from courses.inperson.views.words import sentences_of
from courses.models.editions import in_language
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.cohorts import members_of

PER_PAGE = 50
PRACTICE = gettext_noop("observed practice")


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def practice(request, cohort, person):
    """What was observed of this member? Sign another checklist."""
    takes = request.method == "POST"
    found = (cohort_at_work if takes else cohort_in_sight)(request, cohort)
    who = member_in_sight(request, found, person).person
    document, language = checklist_for(who), get_language()
    if document is None:
        return _without_checklist(request, found, who)
    form = PracticeForm(
        request.POST if takes else None, checklist=document, language=language
    )
    if form.is_valid():
        try:
            sign_observation(
                found,
                person=who,
                checklist=document,
                by=request.user,
                at=timezone.now(),
                **form.facts(),
            )
        except Refused as refusal:
            for sentence in sentences_of(refusal):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("The observation is signed."))
            return redirect("practice", found.uuid, who.uuid)
    facts = {"title": in_language(document["title"], language), "form": form}
    status = 422 if form.is_bound else 200
    return _page(request, found, who, facts, status=status)


def _without_checklist(request, cohort, person):
    """Say that there is no checklist for the person's profession; show what stands."""
    status = 409 if request.method == "POST" else 200
    return _page(request, cohort, person, {}, status=status)


def _page(request, cohort, person, facts, *, status):
    looked(request, [person], purpose=PURPOSE, fields=[NAME, PRACTICE])
    signed = observations_of(
        person, cohort, viewer=request.user, language=get_language()
    )
    facts = {"cohort": cohort, "person": person, "signed": signed} | facts
    return render(request, "courses/inperson/practice.html", facts, status=status)


@require_safe
@for_holders(Role.TRAINER)
def practices(request, cohort):
    """Of which members was practice observed?"""
    found, viewer = cohort_in_sight(request, cohort), request.user
    rows = members_of(found, viewer=viewer, on=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    signed = how_many_each(found, viewer=viewer)
    people = [row.person for row in page]
    looked(request, people, purpose=PURPOSE, fields=[NAME, PRACTICE])
    facts = {
        "cohort": found,
        "page_obj": page,
        "rows": [
            (person, signed.get(person.pk, 0), person.track in BY_TRACK)
            for person in people
        ],
    }
    return render(request, "courses/inperson/practices.html", facts)


@require_safe
@login_required
def my_practice(request):
    """What was observed of me, and who signed it?"""
    signed = own_observations(request.user, language=get_language())
    return render(request, "courses/inperson/my_practice.html", {"signed": signed})
