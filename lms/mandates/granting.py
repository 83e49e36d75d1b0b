"""What may somebody grant today, and which roles reach how far?"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lms.mandates.rules import Granter, Level, levels_of
from lms.people.addresses import mailbox_of
from lms.people.choices import Role
from lms.people.models import Mandate, User
from lms.people.models.mandates import MandateQuerySet, taken_behind_a_shield
from lms.people.scope import mandates_behind_shields

ROLES = {
    Level.REGION: [Role.SECRETARIAT],
    Level.COUNTRY: [
        Role.TRAINER,
        Role.MINISTRY,
        Role.COUNTRY_OWNER,
        Role.PROTECTION,
    ],
    Level.INSTITUTION: [Role.MINISTRY],
}


def granter(viewer: User, *, on: date) -> Granter:
    """Return what somebody is that day, as far as granting goes; one query or none."""
    held = []
    if viewer.is_active and viewer.holds_mandate:
        held = list(
            Mandate.objects.own(viewer)
            .standing(on)
            .filter(institution=None, role__in=[Role.SECRETARIAT, Role.MINISTRY])
            .values_list("role", "country")
        )
    return Granter(
        administrator=viewer.is_active and viewer.is_superuser,
        secretariat=any(role == Role.SECRETARIAT for role, _country in held),
        countries=frozenset(country for role, country in held if role == Role.MINISTRY),
    )


def is_address_of(person: User, address: str) -> bool:
    """Whether the address is of one of the person's own mailboxes, verified or not."""
    own = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    mailboxes = {mailbox_of(one) for one in [person.email, *own]}
    return mailbox_of(address) in mailboxes


def verified_addresses(person: User) -> QuerySet:
    """Return the addresses proven to be the person's, as mandates keep them."""
    own = EmailAddress.objects.filter(user=person, verified=True)
    return own.values_list(Lower("email"), flat=True)


def below(viewer: User, *, on: date) -> MandateQuerySet:
    """Return the mandates that others hold, or are offered, below the viewer's own.

    Those of shielded people are not among them, and nothing counts them; but an offer
    that one of them accepted stays among the offers: read each by `as_known`.
    """
    return _of_others(viewer, on=on).filter(_shown()).with_silence()


def as_known(mandate: Mandate) -> Mandate:
    """Return a mandate as whoever grants may know it: one `with_silence`, an offer.

    The copy is for reading, and is never saved.
    """
    if not mandate.is_silent:
        return mandate
    offer = copy(mandate)
    offer.holder = offer.accepted_at = None
    return offer


def behind_shields(viewer: User, *, on: date) -> QuerySet[Mandate]:
    """Return the mandates that shielded people hold whose officer the viewer is."""
    return _of_others(viewer, on=on).filter(mandates_behind_shields(viewer, on=on))


def endable(viewer: User, *, on: date) -> MandateQuerySet:
    """Return the mandates of others that the viewer may end, shielded holders too.

    Each has `is_guarded`: the viewer looks after its holder, and reads it as it is.
    Others are read by `as_known`.
    """
    guarded = mandates_behind_shields(viewer, on=on)
    rows = _of_others(viewer, on=on).filter(_shown() | guarded).with_silence()
    return rows.annotate(is_guarded=ExpressionWrapper(guarded, BooleanField()))


def _shown() -> Q:
    return ~Q(holder__shielded=True) | Q(taken_behind_a_shield())


def _of_others(viewer: User, *, on: date) -> MandateQuerySet:
    sight = Mandate.objects.visible_to(viewer, on=on).not_over(on)
    return sight.exclude(holder=viewer.pk)


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of mandate that can be granted: which role, how far it reaches."""

    slug: str
    level: Level
    role: Role
    label: Any


OFFERS = [
    Offer("secretariat", Level.REGION, Role.SECRETARIAT, _("Regional secretariat")),
    Offer("trainer", Level.COUNTRY, Role.TRAINER, _("National trainer")),
    Offer("ministry", Level.COUNTRY, Role.MINISTRY, _("Ministry officer of a country")),
    Offer("country-owner", Level.COUNTRY, Role.COUNTRY_OWNER, _("Country owner")),
    Offer(
        "protection", Level.COUNTRY, Role.PROTECTION, _("Officer for shielded people")
    ),
    Offer(
        "institution",
        Level.INSTITUTION,
        Role.MINISTRY,
        _("Ministry officer of an institution"),
    ),
]


def offers_of(somebody: Granter) -> list[Offer]:
    """Return the kinds of mandates that are theirs to grant."""
    levels = levels_of(somebody)
    return [offer for offer in OFFERS if offer.level in levels]
