"""What is done about mandates by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.mandates import actions
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(days=1), name="end mandates that ran out")
@task()
@by_a_true_clock
def end_what_ran_out() -> None:
    """End mandates past their last day, and those that nobody approved in time."""
    now = timezone.now()
    actions.end_what_ran_out(on=timezone.localdate(now), at=now)
