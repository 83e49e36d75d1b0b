"""What a worker does for whoever asked for a file; it may do it twice."""

from django.tasks import task
from django.utils import timezone

from certificates.takeaway import making
from lms.queue.time_limits import takes_long


@takes_long
@task()
def make_file(file: str) -> None:
    """Make the file of that identifier, unless it is there or will not be."""
    making.make(file, clock=timezone.now)
