"""Granting a mandate, and what the second person says about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.approvals.actions import ask
from lms.mandates import rules
from lms.mandates.actions.ending import end_overdue
from lms.mandates.actions.writing import ENDED, KINDS, one_at_a_time, write_down
from lms.mandates.granting import ROLES, granter, is_address_of
from lms.mandates.mails import mail_offer
from lms.mandates.words import level_of
from lms.people.choices import Role
from lms.people.models import Institution, Mandate, User
from lms.people.models.mandates import SEATS
from lms.refusals import Refused

OFFERED = gettext_noop("mandate offered")
APPROVED = gettext_noop("mandate approved")
REFUSED = gettext_noop("refused by the second person")


@transaction.atomic
def grant(
    by: User,
    *,
    address: str,
    role: Role,
    country: str,
    institution: Institution | None,
    from_on: date,
    until_on: date,
    reason: str,
    at: datetime,
) -> Mandate:
    """Offer a role to whoever owns the typed address; the same again changes nothing.

    What is over an institution is offered at once; everything else waits for a second
    person. Whether the address has an account is neither asked nor told.
    """
    on = timezone.localdate(at)
    level = rules.level_of(country=country, institution=institution is not None)
    in_country = institution is None or institution.country == country
    _refuse_if(
        rules.refusals(
            theirs=role in ROLES[level]
            and in_country
            and rules.may_grant(granter(by, on=on), level=level, country=country),
            own_address=is_address_of(by, address),
            from_on=from_on,
            until_on=until_on,
            on=on,
        )
    )
    one_at_a_time(by)
    facts = {
        "address": address.lower(),
        "role": role,
        "country": country,
        "institution": institution,
        "from_on": from_on,
        "until_on": until_on,
        "granted_by": by,
    }
    same = Mandate.objects.not_over(on).unaccepted().filter(**facts).first()
    if same:
        return same
    second = rules.needs_second_person(level)
    mandate = _store(
        **facts,
        reason=reason,
        granted_at=at,
        approved_at=None if second else at,
    )
    write_down(OFFERED, by=by, subjects=[], at=at)
    if second:
        ask(KINDS[level], subject=mandate.uuid, by=by, reason=reason, at=at)
    else:
        mail_offer.enqueue(str(mandate.uuid))
    return mandate


def _store(**facts: Any) -> Mandate:
    """Make the row; an officer for shielded people takes the first seat that is free.

    A race for a seat is decided by the constraint, and then the other one is tried.
    """
    if facts["role"] != Role.PROTECTION:
        return Mandate.objects.create(**facts)
    seated = Mandate.objects.filter(role=Role.PROTECTION, country=facts["country"])
    end_overdue(seated, at=facts["granted_at"])
    for seat in SEATS:
        try:
            with transaction.atomic():
                return Mandate.objects.create(**facts, seat=seat)
        except IntegrityError:
            continue
    raise Refused("two-officers")


@transaction.atomic
def approve(subject: UUID, *, by: User, at: datetime) -> None:
    """Say yes as the second person: from now on the mandate is an offer.

    Refused to whoever owns the address, and when who asked may not grant any more.
    """
    on = timezone.localdate(at)
    mandate = Mandate.objects.select_related("granted_by").get(uuid=subject)
    asker = granter(mandate.granted_by, on=on)
    if is_address_of(by, mandate.address):
        raise Refused("address-is-yours")
    if not rules.may_grant(asker, level=level_of(mandate), country=mandate.country):
        raise Refused("asker-may-not")
    waiting = Mandate.objects.not_over(on).filter(pk=mandate.pk, approved_at=None)
    if not waiting.update(approved_at=at):
        raise Refused("over")
    write_down(APPROVED, by=by, subjects=[], at=at)
    mail_offer.enqueue(str(mandate.uuid))


@transaction.atomic
def refuse(subject: UUID, *, by: User, at: datetime) -> None:
    """Say no as the second person: the mandate is over before it was an offer."""
    waiting = Mandate.objects.filter(uuid=subject, approved_at=None, ended_at=None)
    if waiting.update(ended_at=at, ended_reason=REFUSED):
        write_down(ENDED, by=by, subjects=[], at=at)


def _refuse_if(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)
