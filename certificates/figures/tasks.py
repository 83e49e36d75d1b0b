"""The figures of a week are released by the clock."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from certificates.figures.actions import release
from certificates.models import LinesDrawn
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long

FRESH = timedelta(hours=6)  # older lines are waited for


@every(timedelta(hours=1), name="release the figures of the week")
@takes_long
@task()
@by_a_true_clock
def release_week() -> str | None:
    """Release them as soon as the lines of reports are up to date; return the week."""
    at = timezone.now()
    drawn = LinesDrawn.objects.filter(as_of__gt=at - FRESH).first()
    return release(as_of=drawn.as_of, at=at).week if drawn else None
