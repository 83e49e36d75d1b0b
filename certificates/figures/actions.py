"""Releasing the figures of a week: once, whatever is retried."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from certificates.figures.cube import names, tally
from certificates.figures.freezing import frozen
from certificates.figures.rules import week_of
from certificates.models import Release
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT


@transaction.atomic
def release(*, as_of: datetime, at: datetime) -> Release:
    """Release what stood `as_of` as the figures of that week, if nobody has.

    Of two that race, the constraint keeps one; both are answered with that one.
    """
    week = week_of(timezone.localdate(as_of))
    if not Release.objects.filter(week=week).exists():
        Release.objects.bulk_create(
            [_drawn(week, as_of=as_of, at=at)], ignore_conflicts=True
        )
    return Release.objects.get(week=week)


def _drawn(week: str, *, as_of: datetime, at: datetime) -> Release:
    counted = tally(at=as_of)
    inner, public = frozen(counted.cube(), counted.people())
    return Release(
        week=week,
        as_of=as_of,
        made_at=at,
        threshold=TO_SECRETARIAT,
        public_threshold=TO_EVERYBODY,
        names=names(),
        figures=inner,
        public_figures=public,
    )
