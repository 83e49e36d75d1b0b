"""Learning work that a person does not wait for; every task may run twice."""

from datetime import timedelta
from uuid import UUID

from django.tasks import task
from django.utils import timezone

from courses.actions import hand_in_overdue, keep_to_schedule, settle_course
from courses.analysis.actions import tally_answers
from courses.models import AnswerOperation, AttemptItem
from lms.people.rules import OPERATIONS_KEPT
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@task()
def settle_open_enrolments(course_id: str) -> int:
    """Complete the enrolments that owe nothing since a page went away."""
    return settle_course(UUID(course_id), at=timezone.now())


@every(timedelta(minutes=1), name="keep pages to their time")
@task()
@by_a_true_clock
def keep_pages_to_their_time() -> int | None:
    """Publish and take down what editors scheduled; return how many pages."""
    return keep_to_schedule(at=timezone.now())


# Twice a minute: whoever waits longest has their result within a minute of the grace.
@every(timedelta(seconds=30), name="hand in tests whose time is over")
@task()
@by_a_true_clock
def hand_in_tests_that_are_over() -> int | None:
    """Grade what was left open beyond its end; return how many attempts."""
    return hand_in_overdue(at=timezone.now())


@every(timedelta(hours=6), name="count answers")
@task()
@by_a_true_clock
def count_answers() -> int | None:
    """Add the answers of tests that were handed in to what is told of questions."""
    return tally_answers(at=timezone.now())


@every(timedelta(days=1), name="forget choices of tests handed in")
@task()
@by_a_true_clock
def forget_operations() -> None:
    """Delete when choices came in, of tests that were handed in so long ago."""
    until = timezone.now() - OPERATIONS_KEPT
    AnswerOperation.objects.of_handed_in(until=until).delete()
    AttemptItem.objects.exclude(chosen_on=None).filter(
        attempt__submitted_at__lte=until
    ).update(chosen_on=None, chosen_number=None)
