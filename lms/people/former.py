"""Which addresses are, or ever were, a person's? An erasure has to know them all.

What others typed (invitations, offers, superiors) names people by an address, and stays
under it when the person takes another one.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models.functions import Lower
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from lms.people.addressed import held_anywhere
from lms.people.addresses import former_digest
from lms.people.models import FormerAddress, Invitation, Mandate, User


def digest_of(address: str) -> str:
    return former_digest(address, key=settings.NAME_HASH_KEY)


@receiver(post_delete, sender=EmailAddress)
def keep_mark(sender, instance, origin, **_more) -> None:
    """Keep a mark of a confirmed address that somebody gives up.

    Not of one that goes because the whole account does. One that nobody confirmed may
    be somebody else's: nothing written under it is erased with who claimed it.
    """
    gone_by_itself = getattr(origin, "model", type(origin)) is EmailAddress
    theirs = User.objects.filter(pk=instance.user_id, erased_at=None)
    if gone_by_itself and instance.verified and theirs.exists():
        FormerAddress.objects.get_or_create(
            person_id=instance.user_id,
            digest=digest_of(instance.email),
            defaults={"given_up_at": timezone.now()},
        )


def addresses_ever(person: User) -> frozenset[str]:
    """Return every address that is or was the person's, case folded.

    In all spellings in which they stand anywhere, and none that another account has
    confirmed since: institutions give a mailbox on to whoever comes next.
    """
    known = {address.casefold() for address in _known_of(person) if address}
    former = FormerAddress.objects.filter(person=person)
    digests = {*map(digest_of, known), *former.values_list("digest", flat=True)}
    return _of_no_other(known | _written_under(digests), person=person)


def spellings_of(address: str) -> frozenset[str]:
    """Return an address, with the spellings in which it stands anywhere, case folded.

    None of them is confirmed in an account.
    """
    return _of_no_other(
        {address.casefold(), *_written_under({digest_of(address)})}, person=None
    )


def _known_of(person: User) -> set[str]:
    have = EmailAddress.objects.filter(user=person.pk)
    came_by = Invitation.objects.filter(redeemed_by=person.pk)
    held = Mandate.objects.filter(holder=person.pk)
    return {
        person.email,
        *have.values_list("email", flat=True),
        *came_by.values_list("address", flat=True),
        *held.values_list("address", flat=True),
    }


def _written_under(digests: set[str]) -> set[str]:
    return {address for address in held_anywhere() if digest_of(address) in digests}


def _of_no_other(addresses: set[str], *, person: User | None) -> frozenset[str]:
    confirmed = EmailAddress.objects.filter(verified=True).annotate(of=Lower("email"))
    others = confirmed.filter(of__in=addresses).exclude(user=person)
    return frozenset(addresses - set(others.values_list("of", flat=True)))
