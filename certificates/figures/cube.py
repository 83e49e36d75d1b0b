"""What do the lines of reports add up to, at a moment of today or of the past?

Everybody is counted: shielded people too, and those whose post nobody confirmed. Who
left a course without completing it no longer owes it.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from certificates.figures.counting import (
    NOWHERE,
    UNKNOWN,
    Counted,
    Tally,
    every_column,
)
from certificates.figures.freezing import MONTHS
from certificates.figures.rules import OPEN, TABLES, grain_of, months_before
from certificates.models import ReportLine
from courses.models import Course, Edition
from lms.people.choices import Country, Track
from lms.people.models import Institution
from lms.thresholds import TO_EVERYBODY

CHUNK = 5000


def tally(*, at: datetime) -> Tally:
    """Count every line that stood at that moment, in the fixed cube."""
    institutions = _institutions()
    recent = months_before(timezone.localdate(at), MONTHS)
    counted = Tally(_columns(institutions, recent), few=TO_EVERYBODY)
    for line in _counted(_lines(at), institutions, set(recent), at=at):
        counted.add(line)
    return counted


def names() -> dict[str, dict[str, dict[str, str]]]:
    """Return what courses and institutions are called today, in each language."""
    editions = Edition.objects.order_by("opened_at", "pk")
    return {
        "courses": {str(one.course_id): one.titles for one in editions},
        "institutions": {
            one.code: {"es": one.name_es, "en": one.name_en}
            for one in Institution.objects.filter(parent=None)
        },
    }


def _institutions() -> dict[int, tuple[str, str]]:
    """Return the country and code of each, or of the one to which it belongs."""
    every = {one.pk: one for one in Institution.objects.all()}
    tops = {pk: every.get(one.parent_id, one) for pk, one in every.items()}
    return {pk: (top.country, top.code) for pk, top in tops.items()}


def _columns(institutions, recent: list[str]) -> dict[str, dict[str, list[str]]]:
    courses = Course.objects.order_by("pk").values_list("pk", flat=True)
    shared = {
        "courses": [str(pk) for pk in courses] or [UNKNOWN],
        "professions": [*Track.values, UNKNOWN],
        "months": [OPEN, *recent],
    }
    of_country: dict[str, list[str]] = {code: [] for code in Country.values}
    for country, code in sorted(set(institutions.values())):
        of_country[country].append(code)
    return every_column(of_country, shared, of_country)


def _lines(at: datetime) -> QuerySet:
    return (
        ReportLine.objects.filter(
            Q(enrolled_at__lte=at) | Q(assignment__assigned_at__lte=at)
        )
        .exclude(withdrawn_at__lte=at)
        .annotate(
            suspended=Case(
                When(Q(lifted_at=None) | Q(lifted_at__gt=at), then="suspended_at")
            )
        )
        .order_by("pk")
        .values_list(
            "person",
            "country",
            "course",
            "track",
            "institution",
            "confirmed",
            "completed_at",
            "issued_at",
            "valid_until",
            "revoked_at",
            "superseded_at",
            "suspended",
        )
    )


def _counted(
    lines: QuerySet, institutions, recent: set[str], *, at: datetime
) -> Iterator[Counted]:
    on = timezone.localdate(at)
    for (
        person,
        country,
        course,
        track,
        institution,
        confirmed,
        completed_at,
        issued_at,
        valid_until,
        *ended,
    ) in lines.iterator(CHUNK):
        grain = grain_of(
            completed_at=completed_at,
            issued_at=issued_at,
            valid_until=valid_until,
            ended_at=min(filter(None, ended), default=None),
            at=at,
            on=on,
        )
        place, code = institutions.get(institution, (None, UNKNOWN))
        columns = {
            "courses": str(course),
            "professions": track or UNKNOWN,
            "institutions": code if confirmed and place == country else UNKNOWN,
            "months": _month(completed_at, recent) if grain else OPEN,
        }
        yield Counted(
            person,
            country or NOWHERE,
            tuple(columns[table.name] for table in TABLES),
            grain,
        )


def _month(completed_at: datetime, recent: set[str]) -> str:
    month = f"{timezone.localtime(completed_at):%Y-%m}"
    return month if month in recent else OPEN
