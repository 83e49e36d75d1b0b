"""Who proves a new mailbox? Whoever follows the link that went to it, once.

The link holds who it is about and which address, signed. It ends with the password or
the addresses that the account had when it was written: the first that is used ends all.
It ends as well when a learner begins to work with people: a second administrator has to
decide then.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from lms.mail.actions import from_here
from lms.people.models import User
from lms.people.second_factor import works_with_people
from lms.support.accounts import is_free

SALT = "lms.support.mailboxes"


def link_for(person: User, address: str) -> str:
    """Return the address of the page where the mailbox is proven."""
    key = signing.dumps(
        {"person": str(person.uuid), "address": address, "state": _state_of(person)},
        salt=SALT,
    )
    with override(person.language):
        return from_here(reverse("support_new_address", args=[key]))


def read_key(key: str) -> tuple[User, str] | None:
    """Return whose account and which address the link is about, while it counts."""
    try:
        said = signing.loads(key, salt=SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    person = User.objects.open().filter(uuid=said["person"]).first()
    if person is None or not constant_time_compare(said["state"], _state_of(person)):
        return None
    if not is_free(said["address"], person=person):
        return None
    return person, said["address"]


def _state_of(person: User) -> str:
    rows = EmailAddress.objects.filter(user=person).order_by("email")
    addresses = rows.values_list("email", flat=True)
    works = str(works_with_people(person))
    said = "\n".join([person.password, works, *addresses])
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()
