"""Grading anew, which no editor waits for; it may run twice."""

from django.tasks import task
from django.utils import timezone

from courses.correcting.actions import grade_anew, lower_marks
from courses.models import KeyCorrection


@task()
def grade_attempts_anew(correction: int) -> int:
    """Grade the attempts that an approved correction raises; return how many."""
    rows = KeyCorrection.objects.exclude(approved_at=None).select_related(
        "version", "approved_by"
    )
    return grade_anew(rows.get(pk=correction), at=timezone.now())


@task()
def lower_attempts(correction: int) -> int:
    """Grade the attempts that a signed correction lowers; return how many."""
    rows = KeyCorrection.objects.signed().select_related("version", "signed_by")
    return lower_marks(rows.get(pk=correction), at=timezone.now())
