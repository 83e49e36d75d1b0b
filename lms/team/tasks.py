"""What is done about cohorts by the clock."""

from datetime import datetime, timedelta

from django.tasks import task
from django.utils import timezone

from lms.people.models import Cohort
from lms.people.models.cohorts import CohortQuerySet
from lms.queue.periodic import every
from lms.refusals import Refused
from lms.team.actions import apply_rules
from lms.team.membership import ruled_cohorts


@every(timedelta(days=1), name="do what the rules of cohorts say")
@task()
def apply_all_rules() -> None:
    """Invite and let go by the rules of every cohort at work, each by itself."""
    _apply(ruled_cohorts(), at=timezone.now())


@task()
def apply_rules_in(country: str) -> None:
    """Do the same for the cohorts of a country, where posts were just answered."""
    _apply(ruled_cohorts().filter(country=country), at=timezone.now())


def _apply(cohorts: CohortQuerySet, *, at: datetime) -> None:
    for cohort in cohorts.order_by("pk"):
        apply_one(cohort, at=at)


def apply_one(cohort: Cohort, *, at: datetime) -> None:
    try:
        apply_rules(cohort, at=at)
    except Refused:  # archived since it was read
        return
