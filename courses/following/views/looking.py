"""The screens of trainers: their cohorts, and who learns there."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.team import cohorts
from lms.team.views.cohorts import MEMBER, looked
from lms.team.views.rooms import open_window


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
