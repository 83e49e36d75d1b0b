"""What a learner does about an assigned course: start it, and say whom to ask."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.assigning import actions
from courses.assigning.forms import SuperiorForm
from courses.assigning.programme import titles_of
from courses.assigning.rules import Superior
from courses.assigning.standing import own_standing
from courses.assigning.words import say
from courses.models import Assignment, Enrolment, SuperiorRequest
from courses.views.enrolments import course_home, not_enrolled
from lms.people.models import CohortMember
from lms.people.typed import keeps_what_was_typed, typed_at
from lms.refusals import Refused


def own_assignment(request: HttpRequest, key: UUID) -> Assignment:
    rows = Assignment.objects.own(request.user).standing()
    return get_object_or_404(rows.select_related("course", "cohort"), pk=key)


@require_POST
@login_required
def start_assignment(request, assignment):
    """Begin with one click; where a superior approves first, they are asked."""
    found = own_assignment(request, assignment)
    try:
        started = actions.start(request.user, assignment=found, at=timezone.now())
    except Refused as refused:
        if refused.reasons == ["superior-missing"]:
            return redirect("name_superior", found.pk)
        home = course_home(found.course)
        return not_enrolled(request, refused.reasons, found.course, home)
    return _started(request, started)


def _started(request, started: Enrolment | SuperiorRequest):
    if isinstance(started, Enrolment):
        return redirect("resume", started.pk)
    messages.success(
        request,
        _("Your superior is asked by mail. When they approve, you are enrolled."),
    )
    return redirect("my_learning")


@keeps_what_was_typed("name_superior")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name_superior(request, assignment):
    """Whom do we ask whether you may take this course?"""
    found = own_assignment(request, assignment)
    if not _is_missing(request, found):
        return redirect("my_learning")
    if request.method == "POST":
        form = SuperiorForm(request.POST)
    else:
        typed = typed_at(request, "name_superior", assignment=assignment)
        form = SuperiorForm(initial=typed and typed.dict())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"assignment": found, "at": timezone.now()}
        try:
            actions.name_superior(request.user, **facts)
        except Refused as refused:
            say(form, refused.reasons)
        else:
            messages.success(
                request,
                _(
                    "Your superior is named. Your trainer confirms the address; start "
                    "the course after that."
                ),
            )
            return redirect("my_learning")
    titles = titles_of([found.course_id], language=get_language())
    facts = {"form": form, "assignment": found, "title": titles[found.course_id]}
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/name_superior.html", facts, status=status)


def _is_missing(request, assignment: Assignment) -> bool:
    """Whether a superior approves first and nobody is named or asked."""
    now = timezone.now()
    mine = {one.assignment: one for one in own_standing(request.user, at=now)}
    one = mine[assignment]
    named = (
        CohortMember.objects.own(request.user)
        .standing(timezone.localdate(now))
        .filter(cohort=assignment.cohort)
        .exclude(superior_address="")
    )
    waits = one.superior is not None and one.superior is not Superior.ASKED
    return waits and not named.exists()
