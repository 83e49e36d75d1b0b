"""The screens of trainers: their cohorts, and who learns there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.belonging.actions import shield
from lms.belonging.forms import ShieldForm
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.team import cohorts
from lms.team.views.rooms import open_window

COHORT = gettext_noop("members of a cohort")
NAME = gettext_noop("name")
MEMBER = [
    NAME,
    gettext_noop("institution"),
    gettext_noop("profession"),
    gettext_noop("position"),
    gettext_noop("since"),
]
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def looked(request, shown, *, fields):
    """Write down that the reader saw these people; nothing when nobody was shown."""
    if shown:
        record_event(
            Event.Kind.LOOK,
            actor=request.user,
            purpose=COHORT,
            subjects=shown,
            fields=fields,
            at=timezone.now(),
        )


@require_safe
@for_holders(Role.TRAINER)
def team(request):
    """Which cohorts do I train?"""
    found = cohorts.cohorts_of(request.user, on=timezone.localdate())
    page = Paginator(found, cohorts.PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page_obj": page, "window": open_window(request)}
    return render(request, "team/team.html", facts)


@require_safe
@for_holders(Role.TRAINER)
def cohort_page(request, cohort):
    """Who learns in this cohort?"""
    viewer, on = request.user, timezone.localdate()
    found = get_object_or_404(cohorts.cohorts_of(viewer, on=on), uuid=cohort)
    rows = cohorts.members_of(found, viewer=viewer, on=on)
    page = Paginator(rows, cohorts.PER_PAGE).get_page(request.GET.get("page"))
    members = cohorts.with_posts(page, viewer=viewer, on=on)
    looked(request, [one.row.person_id for one in members], fields=MEMBER)
    facts = {
        "cohort": found,
        "page_obj": page,
        "members": members,
        "shielded": cohorts.shielded_in(found, on=on),
    }
    return render(request, "team/cohort.html", facts)


@show_or_take
@for_holders(Role.TRAINER)
def shield_member(request, cohort, person):
    """Take a member out of every list, this trainer's own too."""
    viewer, on = request.user, timezone.localdate()
    found = get_object_or_404(cohorts.cohorts_of(viewer, on=on), uuid=cohort)
    members = cohorts.members_of(found, viewer=viewer, on=on)
    member = get_object_or_404(members.filter(person__uuid=person)[:1])
    form = ShieldForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        looked(request, [member.person_id], fields=[NAME])
        facts = {"form": form, "cohort": found, "person": member.person}
        status = 422 if form.is_bound else 200
        return render(request, "team/shield_member.html", facts, status=status)
    reason = form.cleaned_data["reason"]
    shield(member.person, by=viewer, reason=reason, at=timezone.now())
    messages.success(request, _("The person is shielded now."))
    return redirect("cohort", found.uuid)
