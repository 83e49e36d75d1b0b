"""Which lines does a report hold, in which order? The one query of every output."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from certificates.lines.rules import State
from certificates.models import ReportLine
from certificates.models.report_lines import ReportLineQuerySet
from certificates.reports.filters import Asked, Period
from certificates.reports.moments import (
    in_standing,
    in_state,
    standing_named,
    with_score,
    with_standing,
    with_state,
)
from lms.people.models import User
from lms.people.zones import end_of

# The day that a period is about: the column behind the word.
DATED = {
    "enrolled": "enrolled_at",
    "due": "due_on",
    "completed": "completed_at",
    "expires": "valid_until",
}
DAYS = {"due_on", "valid_until"}
ONE_DAY = timedelta(days=1)
BY_NAME = ("name", "pk")
# What a reader may sort by: the word in the address, and the columns behind it.
SORTS = {
    "name": BY_NAME,
    "due": (F("due_on").asc(nulls_last=True), *BY_NAME),
    "last": (F("last_at").desc(nulls_last=True), *BY_NAME),
    "expires": (F("valid_until").asc(nulls_last=True), *BY_NAME),
    "institution": ("institution__code", *BY_NAME),
    "changed": ("changed_at", "pk"),
}


def lines_of(viewer: User, asked: Asked, *, at: datetime) -> ReportLineQuerySet:
    """Return the lines that name people in sight and fit what is asked, in order.

    Each has `state`, `standing` and `score`.
    """
    seen = ReportLine.objects.visible_to(viewer, on=timezone.localdate(at))
    lines = told(narrowed(seen, asked, at=at), asked, at=at)
    return lines.order_by(*SORTS[asked.sort])


def told(
    lines: ReportLineQuerySet, asked: Asked, *, at: datetime
) -> ReportLineQuerySet:
    """Add to each line its `state`, `standing` and `score`."""
    on = day_of_standing(asked, at=at)
    return with_score(with_standing(with_state(lines, at=at), on=on))


def counted_of(viewer: User, asked: Asked, *, at: datetime) -> ReportLineQuerySet:
    """Return the same lines for figures alone: also of those who stand in no list."""
    counted = ReportLine.objects.counted_for(viewer, on=timezone.localdate(at))
    return narrowed(counted, asked, at=at)


def day_of_standing(asked: Asked, *, at: datetime) -> date:
    """Return the day on which certificates are looked at."""
    return asked.valid_on or timezone.localdate(at)


def narrowed(
    lines: ReportLineQuerySet, asked: Asked, *, at: datetime
) -> ReportLineQuerySet:
    """Keep the lines that fit what is asked."""
    if asked.institution:
        lines = lines.filter(
            Q(institution=asked.institution) | Q(institution__parent=asked.institution)
        )
    equal = {
        "country": asked.country,
        "track": asked.track,
        "cohort__uuid": asked.cohort,
        "course__code": asked.course,
        "edition": asked.edition,
    }
    lines = lines.filter(**{field: value for field, value in equal.items() if value})
    if asked.state:
        lines = lines.filter(in_state(State(asked.state), at=at))
    if asked.standing:
        standing = standing_named(asked.standing)
        lines = lines.filter(in_standing(standing, on=day_of_standing(asked, at=at)))
    return within(lines, asked.period, dated=asked.dated)


def within(
    lines: ReportLineQuerySet, period: Period, *, dated: str
) -> ReportLineQuerySet:
    """Keep the lines whose day falls into the period, as the site counts days."""
    return lines.filter(falls_into(period, dated=dated))


def falls_into(period: Period, *, dated: str) -> Q:
    """Return the filter for lines whose day falls into the period."""
    column, fits = DATED[dated], Q()
    zone = timezone.get_default_timezone()
    if period.from_on:
        first = period.from_on
        begins = first if column in DAYS else end_of(first - ONE_DAY, zone=zone)
        fits &= Q(**{f"{column}__gte": begins})
    if period.until_on:
        last = period.until_on
        fits &= (
            Q(**{f"{column}__lte": last})
            if column in DAYS
            else Q(**{f"{column}__lt": end_of(last, zone=zone)})
        )
    return fits
