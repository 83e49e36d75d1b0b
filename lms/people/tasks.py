"""What is done about people by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.people.devices import forget_ended
from lms.queue.periodic import every


@every(timedelta(days=1), name="forget ended sessions")
@task()
def forget_ended_sessions() -> None:
    """Delete what is left of sessions that ended."""
    forget_ended(at=timezone.now())
