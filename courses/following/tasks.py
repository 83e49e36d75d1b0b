"""What is done about due days by the clock: each cohort by a task of its own.

What fails in one keeps no other from theirs, and is tried again by itself. Each may run
twice.
"""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.following import actions
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


# Four times a day: the day begins at another hour in each country.
@every(timedelta(hours=6), name="remind of due days")
@task()
@by_a_true_clock
def remind_of_due_days() -> None:
    """Have every cohort remind and tell, and write to trainers on Monday."""
    write_digests.enqueue()
    for cohort in actions.cohorts_at_work(at=timezone.now()):
        remind_in.enqueue(cohort.pk)


@task()
def remind_in(key: int) -> None:
    """Remind who has something due in the cohort with that key, and tell superiors."""
    now = timezone.now()
    for cohort in actions.cohorts_at_work(at=now, key=key):
        actions.remind_by_the_clock(cohort, at=now)
        actions.escalate(cohort, at=now)


@task()
def write_digests() -> None:
    """Write to trainers on Monday."""
    actions.post_digests(at=timezone.now())
