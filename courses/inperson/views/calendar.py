"""The regional calendar of trainings: a page, a file for calendars, a table."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.inperson.calendar import as_csv, as_ical, entries
from courses.inperson.training_forms import asked_of, months_to_choose
from lms.people.choices import Role
from lms.people.countries import by_name
from lms.people.models import Mandate

PER_PAGE = 25
FIVE_MINUTES = 5 * 60


def _asked_for(request):
    """Return what was asked, and the trainings."""
    on = timezone.localdate()
    asked = asked_of(request.GET, on=on)
    return asked, entries(asked, language=get_language(), on=on)


@require_safe
def regional_calendar(request):
    """Which trainings does the region hold?"""
    asked, found = _asked_for(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page_obj": page,
        "asked": asked,
        "month": f"{asked.month:%Y-%m}" if asked.month else "",
        "countries": by_name(),
        "months": months_to_choose(timezone.localdate()),
        "may_announce": _may_announce(request.user),
    }
    return render(request, "courses/inperson/calendar.html", facts)


def _may_announce(viewer) -> bool:
    if not viewer.is_authenticated or not viewer.holds_mandate:
        return False
    held = Mandate.objects.own(viewer).standing(timezone.localdate())
    return held.filter(role__in=(Role.TRAINER, Role.SECRETARIAT)).exists()


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def calendar_file(request):
    """Hand the trainings to a calendar program."""
    _asked, found = _asked_for(request)
    written = as_ical(found, at=timezone.now())
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def calendar_table(request):
    """Hand the trainings to a spreadsheet."""
    _asked, found = _asked_for(request)
    written = as_csv(found, on=timezone.localdate())
    answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="calendar.csv"'
    return answer
