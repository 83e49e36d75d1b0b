"""Making the first two administrators: a later one needs a second person already."""

from collections.abc import Collection, Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.installing import rules
from lms.people.addresses import mailbox_of
from lms.people.models import User
from lms.people.rules import sort_name_of
from lms.people.tasks import send_reset
from lms.refusals import Refused

APPOINTED = gettext_noop("made administrator when the platform was installed")


@transaction.atomic
def appoint_first(people: Iterable[tuple[str, str]], *, at: datetime) -> list[User]:
    """Make administrators of these names and addresses, where they are none yet.

    Whoever has no password so far is mailed the link to choose one: they are
    returned. Raises `Refused`, and makes nobody, if an address is another account's
    or there would be more than two.
    """
    wanted = {address.lower(): name for name, address in people}
    known = {one.email: one for one in User.objects.filter(email__in=wanted)}
    standing = User.objects.open().filter(is_superuser=True)
    others = standing.exclude(email__in=wanted).values_list("email", flat=True)
    reasons = rules.refusals(
        wanted=[mailbox_of(address) for address in wanted],
        others=[mailbox_of(address) for address in others],
        new=wanted.keys() > known.keys(),
        taken=_is_taken(wanted, standing),
    )
    if reasons:
        raise Refused(*reasons)
    for address in wanted.keys() - known.keys():
        known[address] = _appoint(wanted[address], address, at=at)
    waiting = [known[one] for one in wanted if not known[one].has_usable_password()]
    for person in waiting:
        send_reset.enqueue(person.email, person.language)
    return waiting


def _is_taken(wanted: Collection[str], standing: QuerySet[User]) -> bool:
    """Whether somebody who is no administrator has one of the addresses."""
    named = User.objects.filter(email__in=wanted).exclude(pk__in=standing.values("pk"))
    second = EmailAddress.objects.filter(email__in=wanted)
    return named.exists() or second.exclude(user__email__in=wanted).exists()


def _appoint(name: str, address: str, *, at: datetime) -> User:
    person = User.objects.create_user(
        address,
        legal_name=name,
        sort_name=sort_name_of(name),
        language=settings.LANGUAGE_CODE,
        is_staff=True,
        is_superuser=True,
        joined_at=at,
    )
    EmailAddress.objects.create(user=person, email=address, primary=True)
    record_event(
        Event.Kind.CHANGE, actor=None, purpose=APPOINTED, subjects=[person], at=at
    )
    return person
