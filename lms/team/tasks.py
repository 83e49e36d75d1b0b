"""What is done about cohorts by the clock: each by a task of its own.

What fails in one keeps no other from theirs, and is tried again by itself.
"""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.people.models.cohorts import CohortQuerySet
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every
from lms.refusals import Refused
from lms.team.actions import apply_rules
from lms.team.membership import ruled_cohorts


@every(timedelta(days=1), name="do what the rules of cohorts say")
@task()
@by_a_true_clock
def apply_all_rules() -> None:
    """Have every cohort at work invite and let go by its rules."""
    _enqueue(ruled_cohorts())


@task()
def apply_rules_in(country: str) -> None:
    """Have the cohorts of a country do the same: posts were just answered there."""
    _enqueue(ruled_cohorts().filter(country=country))


def _enqueue(cohorts: CohortQuerySet) -> None:
    for key in cohorts.order_by("pk").values_list("pk", flat=True):
        apply_rules_of.enqueue(key)


@task()
def apply_rules_of(key: int) -> None:
    """Invite and let go by the rules of the cohort with that key, if it has some."""
    cohort = ruled_cohorts().filter(pk=key).first()
    if cohort is None:  # archived meanwhile, or without a rule
        return
    try:
        apply_rules(cohort, at=timezone.now())
    except Refused:  # archived since it was read
        return
