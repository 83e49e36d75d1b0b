"""How is somebody without an account forgotten, by the address that others typed?

Nobody sees what stands under it, only how many rows of which kind.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.audit.rules import NOT_FOUND
from lms.people.addressed import forget_addresses, rows_by_kind
from lms.people.former import digest_of, spellings_of
from lms.people.models import User
from lms.refusals import Refused
from lms.support.actions import EMAIL, TRIED

FORGOTTEN = gettext_noop("what stood under an address emptied")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row that holds the address: its English words, and how many."""

    what: str
    rows: int


def look_under(address: str, *, by: User, at: datetime) -> list[Kind]:
    """Return how many rows of which kind hold the address; it leaves a trace.

    Raises `Refused` when an account has confirmed it: its owner erases it.
    """
    owners = EmailAddress.objects.filter(email__iexact=address, verified=True)
    found = list(owners.values_list("user", flat=True))
    record_event(
        Event.Kind.LOOK,
        actor=by,
        purpose=TRIED if found else NOT_FOUND,
        subjects=found,
        fields=[EMAIL] if found else [],
        at=at,
    )
    if found:
        raise Refused("address-of-an-account")
    return [
        Kind(what, rows) for what, rows in rows_by_kind(spellings_of(address)).items()
    ]


@transaction.atomic
def forget_address(address: str, *, by: User, at: datetime) -> None:
    """Empty all that stands under an address that no account has confirmed.

    The log keeps a keyed hash of it: whoever asks later can be told that it was done.
    """
    forget_addresses(spellings_of(address), at=at)
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=FORGOTTEN,
        subjects=[],
        fields=[EMAIL, digest_of(address)],
        at=at,
    )
