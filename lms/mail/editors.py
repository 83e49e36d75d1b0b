"""What Wagtail tells editors goes by the outbox too, and says no name and no title.

It would hand its notices (a page waits for a review, was returned, has a comment) to
the mail server itself, while the editor who caused them waits.
"""

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from wagtail.admin import mail as of_wagtail

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.people.models import User

TEMPLATE = "editors"


class NoLine:
    """What Wagtail opens before its notices, and closes: nothing goes by it."""

    def open(self) -> None:
        pass

    close = open


def tell(_subject: str, _message: str, addresses: list[str], **_more: object) -> None:
    """Post a letter of ours to whom a notice is for."""
    at = timezone.now()
    post(
        letter_to(person, event=f"{TEMPLATE}:{uuid4()}", template=TEMPLATE, at=at)
        for person in User.objects.open().filter(email__in=addresses)
    )


def editors(_letter: Letter) -> Facts:
    """Return where an editor sees what there is to do."""
    return {"url": from_here(reverse("wagtailadmin_home"))}


# Each of its notices goes by these two.
of_wagtail.get_connection = NoLine
of_wagtail.send_mail = tell
