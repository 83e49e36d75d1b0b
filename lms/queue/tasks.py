"""The queue's own work."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.queue import actions
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@task
@by_a_true_clock
def forget_finished():
    actions.forget_finished(at=timezone.now())


@task
@by_a_true_clock
def forget_private():
    actions.forget_private(at=timezone.now())


def register():
    """Add the queue's own work to the register; beat does so when it starts."""
    every(timedelta(days=1), name="forget finished tasks")(forget_finished)
    every(timedelta(hours=1), name="forget private tasks")(forget_private)
