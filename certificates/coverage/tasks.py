"""What is done about rosters of duty posts by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from certificates.coverage.actions import forget_rosters
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(minutes=15), name="forget rosters of duty posts")
@task()
@by_a_true_clock
def run_forget_post_rosters() -> None:
    """Delete rosters that nobody loaded: the table of what is kept says hours."""
    forget_rosters(at=timezone.now())
