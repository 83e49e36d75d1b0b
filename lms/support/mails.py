"""What people support writes to whom; sent by the queue, and never says about what."""

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.translation import override

from lms.mail.actions import from_here, send_to
from lms.people.models import User
from lms.support.accounts import is_free
from lms.support.mailboxes import link_for

CHANGED = "support_changed"
ASKED_TO_MOVE = "support_asked_to_move"
MOVED = "support_moved"


@task()
def tell(person: str, template: str, addresses: list[str]) -> None:
    """Write the same notice to addresses that are, or were, the person's.

    A closed account has no use for a new password: none is spoken of.
    """
    found = User.objects.get(uuid=person)
    language = found.language
    with override(language):
        reset_url = from_here(reverse("account_reset_password"))
    facts = {
        "support": settings.SUPPORT_EMAIL,
        "reset_url": reset_url if found.is_active else "",
    }
    for address in addresses:
        send_to(address, language, template, facts)


@task()
def mail_link(person: str, address: str) -> None:
    """Write to a new address how its owner gets into the account."""
    found = User.objects.open().filter(uuid=person).first()
    if found is None or not is_free(address, person=found):
        return
    facts = {"url": link_for(found, address)}
    send_to(address, found.language, "support_new_address", facts)
