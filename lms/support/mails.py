"""What people support writes to whom; it never says about what."""

from uuid import uuid4

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to_address, post
from lms.people.limits import RESET_TIME
from lms.people.models import User
from lms.support.accounts import is_free
from lms.support.mailboxes import link_for

CHANGED = "support_changed"
ASKED_TO_MOVE = "support_asked_to_move"
MOVED = "support_moved"


@task()
def tell(person: str, template: str, addresses: list[str]) -> None:
    """Post the same notice to addresses that are, or were, the person's."""
    language = User.objects.get(uuid=person).language
    at, happened = timezone.now(), uuid4()
    post(
        letter_to_address(
            address,
            language=language,
            event=f"{template}:{happened}:{number}",
            template=template,
            facts={"person": person},
            at=at,
        )
        for number, address in enumerate(addresses)
    )


def notice(letter: Letter) -> Facts:
    """Return whom to write to, and where another password is chosen.

    A closed account has no use for a new password: none is spoken of.
    """
    is_open = User.objects.open().filter(uuid=letter.facts["person"]).exists()
    reset_url = from_here(reverse("account_reset_password"))
    return {
        "support": settings.SUPPORT_EMAIL,
        "reset_url": reset_url if is_open else "",
    }


@task()
def mail_link(person: str, address: str) -> None:
    """Post to a new address how its owner gets into the account."""
    found = User.objects.open().filter(uuid=person).first()
    if found is None or not is_free(address, person=found):
        return
    at = timezone.now()
    letter = letter_to_address(
        address,
        language=found.language,
        event=f"support_new_address:{uuid4()}",
        template="support_new_address",
        secrets={"url": link_for(found, address)},
        at=at,
        until_at=at + RESET_TIME,
    )
    post([letter])
