"""The trainer's Monday: whoever is stuck in any of their cohorts, in one list."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.views.decorators.http import require_safe

from courses.following.stuck import lines_of, stuck_among
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.team.cohorts import PER_PAGE
from lms.team.views.cohorts import COHORT, NAME

SHOWN = [NAME, gettext_noop("progress"), gettext_noop("last activity")]


@require_safe
@for_holders(Role.TRAINER)
def stuck_people(request):
    """Who is stuck, with what, and what can I do?"""
    now = timezone.now()
    found = stuck_among(request.user, at=now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    looked(request, [one.person for one in page], purpose=COHORT, fields=SHOWN)
    facts = {
        "page_obj": page,
        "lines": lines_of(page, language=get_language()),
        "as_of": now,
    }
    return render(request, "team/stuck.html", facts)
