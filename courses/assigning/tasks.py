"""What is done about questions to superiors by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.assigning.actions import forget_superiors
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(days=1), name="forget who was asked as a superior")
@task()
@by_a_true_clock
def forget_who_was_asked() -> None:
    """Do what the table on the privacy page says of superiors."""
    forget_superiors(at=timezone.now())
