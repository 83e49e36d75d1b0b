"""What does a line say on a day and at a moment? The rules of lines, said in SQL."""

from datetime import date, datetime

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone

from certificates.lines.rules import State
from certificates.models.report_lines import ReportLineQuerySet
from certificates.rules import Standing
from lms.people.zones import end_of

NO_CERTIFICATE = "none"
SOON_DAYS = 90


def with_state(lines: ReportLineQuerySet, *, at: datetime) -> ReportLineQuerySet:
    """Add `state`, as `lines.rules.state_of` decides it."""
    return lines.annotate(
        state=Case(
            When(completed_at__isnull=False, then=Value(State.COMPLETED.value)),
            When(withdrawn_at__isnull=False, then=Value(State.WITHDRAWN.value)),
            When(due_at__lte=at, then=Value(State.LATE.value)),
            When(enrolled_at__isnull=False, then=Value(State.IN_PROGRESS.value)),
            default=Value(State.NOT_BEGUN.value),
            output_field=CharField(),
        )
    )


def with_standing(lines: ReportLineQuerySet, *, on: date) -> ReportLineQuerySet:
    """Add `standing`, as `lines.rules.standing_on` decides it; "none" where it is None.

    Days of what happened are those of the site.
    """
    over = end_of(on, zone=timezone.get_default_timezone())
    return lines.annotate(
        standing=Case(
            When(Q(issued_at=None) | Q(issued_at__gte=over), then=Value("none")),
            When(revoked_at__lt=over, then=Value(Standing.REVOKED.value)),
            When(superseded_at__lt=over, then=Value(Standing.SUPERSEDED.value)),
            When(valid_until__lt=on, then=Value(Standing.EXPIRED.value)),
            default=Value(Standing.VALID.value),
            output_field=CharField(),
        )
    )


def with_score(lines: ReportLineQuerySet) -> ReportLineQuerySet:
    """Add `score`, whole percent of the points, rounded down; None without a test."""
    return lines.annotate(
        score=Case(When(out_of__gt=0, then=F("points") * 100 / F("out_of")))
    )
