"""Releasing the figures of a week: once, whatever is retried."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from certificates.figures.cube import names, tally
from certificates.figures.freezing import frozen, told_in
from certificates.figures.hiding import Bands
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
    kept, kept_public = _told_before(as_of)
    inner, public = frozen(
        counted.cube(), counted.people(), kept=kept, kept_public=kept_public
    )
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


def _told_before(as_of: datetime) -> tuple[Bands, Bands]:
    """Return what the release before told of months, inside and to everybody."""
    last = Release.objects.filter(as_of__lt=as_of).newest_first().first()
    if last is None:
        return {}, {}
    on = timezone.localdate(last.as_of)
    inner, public = (told_in(last, public=public) for public in (False, True))
    return inner.months_over(on=on), public.months_over(on=on)
