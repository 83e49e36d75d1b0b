"""What does a line say on a day and at a moment? The rules of lines, said in SQL."""

from datetime import date, datetime

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone

from certificates.lines.rules import State
from certificates.models.report_lines import ReportLineQuerySet
from certificates.rules import Standing
from lms.people.zones import end_of

NO_CERTIFICATE = "none"


def in_state(state: State, *, at: datetime) -> Q:
    """Return the filter for lines that `lines.rules.state_of` puts into that state."""
    completed, withdrawn = Q(completed_at__isnull=False), Q(withdrawn_at__isnull=False)
    if state is State.COMPLETED:
        return completed
    if state is State.WITHDRAWN:
        return withdrawn
    open_ = Q(completed_at=None, withdrawn_at=None)
    if state is State.LATE:
        return open_ & Q(due_at__lte=at)
    begun = state is State.IN_PROGRESS
    in_time = Q(due_at=None) | Q(due_at__gt=at)
    return open_ & in_time & Q(enrolled_at__isnull=not begun)


def in_standing(standing: Standing | None, *, on: date) -> Q:
    """Return the filter for what `lines.rules.standing_on` says of that day.

    Days of what happened are those of the site.
    """
    over = end_of(on, zone=timezone.get_default_timezone())
    if standing is None:
        return Q(issued_at=None) | Q(issued_at__gte=over)
    issued = Q(issued_at__lt=over)
    if standing is Standing.REVOKED:
        return issued & Q(revoked_at__lt=over)
    issued &= Q(revoked_at=None) | Q(revoked_at__gte=over)
    lifted = Q(lifted_at__lt=over)
    if standing is Standing.SUSPENDED:
        return issued & Q(suspended_at__lt=over) & (Q(lifted_at=None) | ~lifted)
    issued &= Q(suspended_at=None) | Q(suspended_at__gte=over) | lifted
    if standing is Standing.SUPERSEDED:
        return issued & Q(superseded_at__lt=over)
    issued &= Q(superseded_at=None) | Q(superseded_at__gte=over)
    if standing is Standing.EXPIRED:
        return issued & Q(valid_until__lt=on)
    return issued & (Q(valid_until=None) | Q(valid_until__gte=on))


def standing_named(word: str) -> Standing | None:
    """Return the standing behind a word of an address."""
    return None if word == NO_CERTIFICATE else Standing(word)


def with_state(lines: ReportLineQuerySet, *, at: datetime) -> ReportLineQuerySet:
    """Add the word of the state as `state`."""
    return lines.annotate(
        state=Case(
            *[When(in_state(one, at=at), then=Value(one.value)) for one in State],
            output_field=CharField(),
        )
    )


def with_standing(lines: ReportLineQuerySet, *, on: date) -> ReportLineQuerySet:
    """Add the word of the standing as `standing`; "none" where there is none."""
    return lines.annotate(
        standing=Case(
            *[When(in_standing(one, on=on), then=Value(one.value)) for one in Standing],
            default=Value(NO_CERTIFICATE),
            output_field=CharField(),
        )
    )


def with_score(lines: ReportLineQuerySet) -> ReportLineQuerySet:
    """Add `score`, whole percent of the points, rounded down; None without a test."""
    return lines.annotate(
        score=Case(When(out_of__gt=0, then=F("points") * 100 / F("out_of")))
    )
