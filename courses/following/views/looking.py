"""The screens of trainers: their cohorts, who needs help there, and with what."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.following import members
from courses.following.cohorts import figures_of, latest_first
from courses.following.counting import by_course, counts_of, reach_of
from courses.following.files import COLUMNS, as_csv
from courses.following.forms import FileForm, FollowForm
from courses.following.lines import lines_of
from courses.following.timeline import hurried_of, timeline_of
from courses.following.words import stage_in_words
from lms.audit.actions import record_event
from lms.audit.looks import looked
from lms.audit.models import Event
from lms.people.choices import Role
from lms.people.crowd import people_taken
from lms.people.gates import for_holders
from lms.people.models import Invitation
from lms.people.zones import day_of
from lms.team import cohorts
from lms.team.views.cohorts import COHORT, MEMBER
from lms.team.views.rooms import open_window

FOLLOWED = [
    *MEMBER,
    gettext_noop("progress"),
    gettext_noop("last activity"),
    gettext_noop("test"),
    gettext_noop("due on"),
    gettext_noop("last reminder"),
]
ACTIVITY = [*FOLLOWED, gettext_noop("what was done, and when")]
ENTRIES = 100  # on a page


@require_safe
@for_holders(Role.TRAINER)
def team(request):
    """Which cohorts do I train, and how do they fare?"""
    now = timezone.now()
    found = cohorts.cohorts_of(request.user, on=timezone.localdate(now))
    ordered = latest_first(figures_of(found, at=now))
    page = Paginator(ordered, cohorts.PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page_obj": page,
        "figures": [
            (
                figures,
                stage_in_words(figures.stage, late=figures.late),
                by_course(figures.programmes, language=get_language()),
            )
            for figures in page
        ],
        "window": open_window(request),
        "as_of": now,
    }
    return render(request, "team/team.html", facts)


def cohort_in_sight(request, cohort):
    """Return the cohort of that address, if the reader trains it."""
    found = cohorts.cohorts_of(request.user, on=timezone.localdate())
    return get_object_or_404(found, uuid=cohort)


def asked_for(form):
    """Return what a form in an address asks for; what makes no sense is not there."""
    if not form.is_valid():
        raise Http404
    return form.asked()


@require_safe
@for_holders(Role.TRAINER)
def cohort_page(request, cohort):
    """Who learns in this cohort, and who needs help first?"""
    viewer, now = request.user, timezone.now()
    found = cohort_in_sight(request, cohort)
    asked = asked_for(FollowForm(request.GET))
    followed = members.followed_in(found, viewer=viewer, at=now)
    kept = members.narrowed(followed, **asked)
    page = Paginator(kept, members.PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(found, page, viewer=viewer, at=now, language=get_language())
    looked(request, [line.person.pk for line in lines], purpose=COHORT, fields=FOLLOWED)
    invited = Invitation.objects.visible_to(viewer).filter(cohort=found).waiting(now)
    facts = {
        "cohort": found,
        "asked": asked,
        "counts": counts_of(followed),
        "courses": by_course(
            [one.standings for one in followed], language=get_language()
        ),
        "reach": reach_of(followed),
        "page_obj": page,
        "lines": lines,
        "columns": [(name, heading) for name, (heading, _cell) in COLUMNS.items()],
        "invited": invited.count(),
        "with_superiors": superiors_to_confirm(found, viewer=viewer, at=now),
        "as_of": now,
    }
    return render(request, "team/cohort.html", facts)


def superiors_to_confirm(cohort, *, viewer, at):
    """Return the members whose superior waits for a trainer's word."""
    listed = cohorts.members_of(cohort, viewer=viewer, on=timezone.localdate(at))
    return listed.filter(superior_unconfirmed=True)


@never_cache
@require_safe
@for_holders(Role.TRAINER)
def cohort_file(request, cohort):
    """The same list as a file, with the columns asked for."""
    viewer, now = request.user, timezone.now()
    found = cohort_in_sight(request, cohort)
    form = FileForm(request.GET)
    asked = asked_for(form)
    columns = form.cleaned_data["columns"]
    kept = members.narrowed(members.followed_in(found, viewer=viewer, at=now), **asked)
    lines = lines_of(found, kept, viewer=viewer, at=now, language=get_language())
    text = as_csv(found, lines, columns=columns, at=now)
    if request.method == "GET":  # asked for its heads, nothing leaves
        headings = [COLUMNS[column][0] for column in columns]
        if not _take(viewer, [line.person.pk for line in lines], headings, at=now):
            messages.error(request, _too_many())
            return redirect("cohort", found.uuid)
    answer = HttpResponse(
        text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="cohort-{day_of(now, zone=found.zone):%Y-%m-%d}.csv"'
    )
    return answer


@transaction.atomic
def _take(viewer, people, headings, *, at):
    """Write down who leaves in the viewer's hands; return whether so many may."""
    if people_taken(viewer, people, at=at) > settings.REPORT_PEOPLE_LIMIT:
        return False
    record_event(
        Event.Kind.EXPORT,
        actor=viewer,
        purpose=COHORT,
        subjects=people,
        fields=headings,
        at=at,
    )
    return True


def _too_many():
    return _(
        "With this file you would take away more than %(limit)d people today. Choose "
        "fewer people, or come back tomorrow."
    ) % {"limit": settings.REPORT_PEOPLE_LIMIT}


@require_safe
@for_holders(Role.TRAINER)
def member_activity(request, cohort, person):
    """What did a member do here, and what is missing?"""
    viewer, now = request.user, timezone.now()
    found = cohort_in_sight(request, cohort)
    rows = cohorts.members_of(found, viewer=viewer, on=timezone.localdate(now))
    row = get_object_or_404(rows.filter(person__uuid=person)[:1])
    followed = members.followed_of(found, [row], viewer=viewer, at=now)
    language = get_language()
    [line] = lines_of(
        found, followed, viewer=viewer, at=now, language=language, titles=True
    )
    seen = {"viewer": viewer, "at": now, "language": language}
    entries = timeline_of(found, row, **seen)
    looked(request, [row.person_id], purpose=COHORT, fields=ACTIVITY)
    facts = {
        "cohort": found,
        "line": line,
        "person": row.person,
        "hurried": hurried_of(found, row, **seen),
        "page_obj": Paginator(entries, ENTRIES).get_page(request.GET.get("page")),
        "as_of": now,
    }
    return render(request, "team/member_activity.html", facts)
