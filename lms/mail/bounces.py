"""To whom does mail come back, and from when on is it tried again?

An address that took no mail gets none that nobody waits for, until it is confirmed
anew or somebody asks for a letter to it, as an invitation sent again is.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.signals import email_changed, email_confirmed
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from lms.mail.models import Letter
from lms.people.models import User


def came_back(people: Iterable[User]) -> set[int]:
    """Return the primary keys of those whose mail came back last.

    `people` are in sight already, as objects or as a queryset.
    """
    rows = Letter.objects.came_back().filter(person__in=people)
    return set(rows.values_list("person", flat=True))


def addresses_that_came_back(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses, in lower case, whose mail came back last."""
    rows = Letter.objects.came_back().filter(address__in=list(addresses))
    return set(rows.values_list("address", flat=True))


def comes_back(letter: Letter) -> bool:
    """Whether mail to whom this letter goes came back last."""
    to = (
        {"person": letter.person_id}
        if letter.person_id
        else {"address": letter.address}
    )
    return Letter.objects.came_back().filter(**to).exists()


def forgive(letters: Iterable[Letter]) -> None:
    """Believe again in the addresses for which somebody waits: of new, urgent letters.

    A letter whose event has one already is none, and says nothing.
    """
    urgent = [letter for letter in letters if letter.urgent]
    events = Letter.objects.filter(event__in=[letter.event for letter in urgent])
    known = set(events.values_list("event", flat=True))
    new = [letter for letter in urgent if letter.event not in known]
    if not new:
        return
    people = [letter.person_id for letter in new if letter.person_id]
    addresses = [letter.address for letter in new if letter.address]
    Letter.objects.came_back().filter(
        Q(person__in=people) | Q(address__in=addresses)
    ).update(forgiven_at=max(letter.asked_at for letter in new))


@receiver(email_confirmed)
def believe_in_the_confirmed(email_address, **_kwargs):
    believe_in(email_address.user_id, email_address.email, at=timezone.now())


@receiver(email_changed)
def believe_in_the_new(user, to_email_address, **_kwargs):
    believe_in(user.pk, to_email_address.email, at=timezone.now())


def believe_in(person_id: int, address: str, *, at: datetime) -> None:
    """Try letters to somebody again who has, or has confirmed, another address.

    Also those under way: what comes back of them comes from the address before.
    """
    Letter.objects.filter(
        Q(person=person_id) | Q(address=address.lower()),
        forgiven_at=None,
        tried_at__isnull=False,
    ).update(forgiven_at=at)
