"""Forgetting notes when their time is over."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.models import Note
from lms.people.rules import NOTES_KEPT
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(days=1), name="forget notes on lessons")
@task()
@by_a_true_clock
def forget_notes() -> None:
    """Delete what its owner did not change for so long."""
    Note.objects.filter(changed_at__lte=timezone.now() - NOTES_KEPT).delete()
