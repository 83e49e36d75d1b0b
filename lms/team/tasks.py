"""What is done about cohorts by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.people.models import Cohort
from lms.queue.periodic import every
from lms.refusals import Refused
from lms.team.actions import apply_rules


@every(timedelta(days=1), name="do what the rules of cohorts say")
@task()
def apply_all_rules() -> None:
    """Invite and let go by the rules of every cohort at work, each by itself."""
    now = timezone.now()
    ruled = Cohort.objects.at_work().exclude(membership_rules=None)
    for cohort in ruled.distinct().order_by("pk"):
        apply_one(cohort, at=now)


def apply_one(cohort: Cohort, *, at) -> None:
    try:
        apply_rules(cohort, at=at)
    except Refused:  # archived since it was read
        return
