"""What is done about people by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.people.devices import forget_ended
from lms.people.retention import forget_rosters, retain
from lms.queue.periodic import every
from lms.web.models import Tries


@every(timedelta(days=1), name="forget ended sessions")
@task()
def forget_ended_sessions() -> None:
    """Delete what is left of sessions that ended."""
    forget_ended(at=timezone.now())


@every(timedelta(days=1), name="forget counted tries")
@task()
def forget_counted_tries() -> None:
    """Delete counts whose window of time is over."""
    Tries.objects.filter(ends_at__lte=timezone.now()).delete()


@every(timedelta(days=1), name="keep nothing longer than promised")
@task()
def run_retention() -> None:
    """Do what the table on the privacy page says."""
    retain(at=timezone.now())


@every(timedelta(minutes=15), name="forget lists of people")
@task()
def run_forget_rosters() -> None:
    """Delete lists that nobody accepted: the table says hours, not days."""
    forget_rosters(at=timezone.now())
