"""Lines are kept up to date by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from certificates.lines.drawing import refresh
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long


@every(timedelta(minutes=1), name="draw the lines of reports")
@takes_long
@task()
@by_a_true_clock
def draw_lines() -> int:
    """Draw what is not up to date; return of how many people."""
    return refresh(at=timezone.now())
