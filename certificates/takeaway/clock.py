"""What is done about reports by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from certificates.takeaway import actions, keeping
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(minutes=1), name="make the reports that are due")
@task()
@by_a_true_clock
def make_due_reports() -> None:
    """Ask for what schedules are due, and say what could not be made."""
    now = timezone.now()
    actions.run_due(at=now)
    actions.give_up_what_failed(at=now)


@every(timedelta(minutes=15), name="delete files of reports that are over")
@task()
@by_a_true_clock
def delete_old_files() -> None:
    """Delete files whose day is over or whose owner lost sight, and what was left."""
    now = timezone.now()
    actions.delete_what_is_over(at=now)
    actions.forget_old(at=now)
    keeping.sweep(at=now)
