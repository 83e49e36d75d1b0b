"""Emptying the bin, once a night."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.bin.actions import empty
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(days=1), name="empty the bin of pages")
@task()
@by_a_true_clock
def empty_the_bin() -> int | None:
    """Delete for good what editors deleted thirty days ago; return how many pages."""
    return empty(at=timezone.now())
