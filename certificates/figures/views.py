"""The region in figures: the secretariat's screens and files, and the open data."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates.figures.board import HEADINGS, Board
from certificates.figures.files import LICENCE, csv_of, file_of, package
from certificates.figures.naming import months_of
from certificates.figures.rules import is_stale, quarter_of
from certificates.figures.tables import NAMES
from certificates.models import Release
from lms.people.choices import Country, Role
from lms.people.gates import for_holders

ONE_DAY = 60 * 60 * 24


@dataclass(frozen=True, slots=True)
class Asked:
    """The release that somebody asked for, another beside it, and what is not there."""

    release: Release | None
    earlier: Release | None
    releases: list[Release]
    unknown: bool

    @classmethod
    def of(cls, request):
        """Read the weeks of the address; an unknown one gives way to the newest.

        Of two the later one is shown, and the change until then.
        """
        releases = list(Release.objects.newest_first().defer("public_figures"))
        by_week = {release.week: release for release in releases}
        week, beside = request.GET.get("week", ""), request.GET.get("with", "")
        newest = releases[0] if releases else None
        shown, other = by_week.get(week, newest), by_week.get(beside)
        unknown = any(asked and asked not in by_week for asked in (week, beside))
        if other == shown:
            other = None
        if other and other.as_of > shown.as_of:
            shown, other = other, shown
        return cls(shown, other, releases, unknown)


@require_safe
@for_holders(Role.SECRETARIAT)
def region_figures(request):
    """Show the region: countries, courses, professions and months, by figures only."""
    asked = Asked.of(request)
    if asked.release is None:
        return render(request, "figures/none.html")
    board = Board(asked.release, get_language(), asked.earlier)
    newest = asked.releases[0]
    quarter = quarter_of(timezone.localdate(asked.release.as_of))
    facts = {
        "total": board.total(),
        "countries": board.countries(),
        "courses": board.columns("courses"),
        "professions": board.columns("professions"),
        "months": board.months(),
        "stale": is_stale(newest.as_of, at=timezone.now()) and newest,
        "quarter": quarter,
        "quarter_months": months_of(quarter),
        "tables": NAMES,
    }
    return render(request, "figures/region.html", _shown(board, asked) | facts)


@require_safe
@for_holders(Role.SECRETARIAT)
def country_figures(request, country):
    """Show one country: its courses, professions, institutions and months."""
    asked = Asked.of(request)
    if country not in Country.values:
        raise Http404
    if asked.release is None:
        return render(request, "figures/none.html")
    board = Board(asked.release, get_language(), asked.earlier)
    facts = {
        "country": country,
        "total": board.total(country),
        "courses": board.columns("courses", country),
        "professions": board.columns("professions", country),
        "institutions": board.columns("institutions", country),
        "months": board.months(country),
    }
    return render(request, "figures/country.html", _shown(board, asked) | facts)


def _shown(board: Board, asked: Asked) -> dict:
    return {
        "board": board,
        "asked": asked,
        "headings": list(HEADINGS.values()),
        "completed": [HEADINGS["completed"]],
    }


@require_safe
@for_holders(Role.SECRETARIAT)
def figures_file(request, week, table):
    """Hand out a table of a release as the secretariat is shown it."""
    return _table(_release(week), table, public=False)


@require_safe
@for_holders(Role.SECRETARIAT)
def quarter_file(request, quarter):
    """Hand out the report of a quarter: the open data of its last release, on paper."""
    # Here, not above: it brings WeasyPrint, and other screens need not wait for it.
    from certificates.figures.paper import render_quarter

    release = next(
        (
            one
            for one in Release.objects.newest_first()
            if quarter_of(timezone.localdate(one.as_of)) == quarter
        ),
        None,
    )
    if release is None:
        raise Http404
    file = render_quarter(release, quarter=quarter, language=get_language())
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="campus-{quarter}.pdf"'
    return answer


@require_safe
def open_data(request):
    """Show the countries as everybody is told them, and what may be downloaded."""
    releases = Release.objects.newest_first().only("week", "as_of", "public_threshold")
    facts: dict[str, object] = {"releases": list(releases), "licence": LICENCE}
    if newest := Release.objects.newest_first().defer("figures").first():
        board = Board(newest, get_language(), public=True)
        facts |= {"total": board.total(), "countries": board.countries()}
        facts |= {"headings": list(HEADINGS.values())}
        facts |= {"files": [file_of(newest, table) for table in NAMES]}
    return render(request, "figures/open_data.html", facts)


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def open_table(request, week, table):
    """Hand out a table of a release as everybody is shown it."""
    return _table(_release(week), table, public=True)


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def open_package(request, week):
    """Describe the tables of a release for machines."""
    described = package(_release(week), site=settings.SITE_URL)
    return JsonResponse(
        described, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )


def _release(week: str) -> Release:
    return get_object_or_404(Release, week=week)


def _table(release: Release, table: str, *, public: bool) -> HttpResponse:
    if table not in NAMES:
        raise Http404
    written = csv_of(release, table, public=public)
    answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
    name = f"campus-{release.week}-{table}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
