"""What is done about letters by the clock, and at once when some are posted."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from lms.mail.held import settle
from lms.mail.models import Letter
from lms.mail.rules import KEPT_CODES
from lms.mail.sending import bring_back, send_chunk
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long

AT_A_SCREEN = 50  # priority of what somebody looks at a screen for; others have 0


@every(timedelta(minutes=1), name="send the letters that are due")
@takes_long
@task()
def send_letters() -> None:
    """Send every letter that is due. May run twice, and beside itself."""
    settle(at=timezone.now())
    bring_back(at=timezone.now())
    while send_chunk(clock=timezone.now):
        pass


@every(timedelta(hours=1), name="forget mails that brought a code")
@task()
def forget_codes() -> None:
    """Delete letters with a code or a link, hours after they are over.

    Anybody types an address to have one sent: whoever owns it may have no account, and
    nobody is to read for long who asked for what.
    """
    codes = Letter.objects.exclude(until_at=None)
    codes.over_since(timezone.now() - KEPT_CODES).delete()
