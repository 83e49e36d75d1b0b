"""What is done about due days by the clock; each may run twice."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.following import actions
from lms.queue.periodic import every


# Four times a day: the day begins at another hour in each country.
@every(timedelta(hours=6), name="remind of due days")
@task()
def remind_of_due_days() -> None:
    """Remind who has something due, tell superiors, and write to trainers on Monday."""
    now = timezone.now()
    actions.remind_by_the_clock(at=now)
    actions.escalate(at=now)
    actions.post_digests(at=now)
