"""What is done about letters by the clock, and at once when some are posted."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.mail.held import settle
from lms.mail.sending import bring_back, send_chunk
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long


@every(timedelta(minutes=1), name="send the letters that are due")
@takes_long
@task()
def send_letters() -> None:
    """Send every letter that is due. May run twice, and beside itself."""
    settle(at=timezone.now())
    bring_back(at=timezone.now())
    while send_chunk(clock=timezone.now):
        pass
