"""Granting, approving, accepting, declining and ending mandates."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.approvals.actions import ask, withdraw
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mandates import rules
from lms.mandates.granting import (
    ROLES,
    granter,
    is_address_of,
    verified_addresses,
)
from lms.mandates.mails import mail_end, mail_offer
from lms.mandates.rules import Level
from lms.mandates.words import level_of
from lms.people.choices import Role
from lms.people.models import Institution, Mandate, User
from lms.people.models.mandates import SEATS, MandateQuerySet
from lms.people.scope import one_person
from lms.refusals import Refused

# The kinds of approvals: who may be the second person differs.
KINDS = {
    Level.COUNTRY: gettext_noop("mandate"),
    Level.REGION: gettext_noop("regional mandate"),
}
OFFERED = gettext_noop("mandate offered")
APPROVED = gettext_noop("mandate approved")
ACCEPTED = gettext_noop("mandate accepted")
DECLINED = gettext_noop("mandate declined")
ENDED = gettext_noop("mandate ended")
FIELDS = [gettext_noop("role"), gettext_noop("place")]
# Why a mandate ended without a person's own words.
REFUSED = gettext_noop("refused by the second person")
RAN_OUT = gettext_noop("it ran out")
NOBODY_DECIDED = gettext_noop("no second person approved it in time")
GIVEN_BACK = gettext_noop("given back by its holder")


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
    _one_at_a_time(by)
    facts = {
        "address": address.lower(),
        "role": role,
        "country": country,
        "institution": institution,
        "from_on": from_on,
        "until_on": until_on,
        "granted_by": by,
    }
    same = Mandate.objects.not_over(on).filter(**facts, accepted_at=None).first()
    if same:
        return same
    second = rules.needs_second_person(level)
    mandate = _store(
        **facts,
        reason=reason,
        granted_at=at,
        approved_at=None if second else at,
    )
    _write_down(OFFERED, by=by, subjects=[], at=at)
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
    _end_overdue(seated, at=facts["granted_at"])
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
    _write_down(APPROVED, by=by, subjects=[], at=at)
    mail_offer.enqueue(str(mandate.uuid))


@transaction.atomic
def refuse(subject: UUID, *, by: User, at: datetime) -> None:
    """Say no as the second person: the mandate is over before it was an offer."""
    waiting = Mandate.objects.filter(uuid=subject, approved_at=None, ended_at=None)
    if waiting.update(ended_at=at, ended_reason=REFUSED):
        _write_down(ENDED, by=by, subjects=[], at=at)


@transaction.atomic
def accept(mandate: Mandate, *, by: User, at: datetime) -> None:
    """Take an offer that was made to a verified address of one's own.

    Refused to whoever granted or approved it, and to whoever already has the other
    seat of the officers for shielded people; an account that became part of one's own
    is oneself. Accepting again changes nothing.
    """
    if mandate.holder_id == by.pk:
        return
    on = timezone.localdate(at)
    _one_at_a_time(by)
    offer = Mandate.objects.not_over(on).offered_to(verified_addresses(by))
    if not offer.contains(mandate):
        raise Refused("not-offered")
    if _was_first(mandate, by) or _was_second(mandate, by):
        raise Refused("own-grant")
    if mandate.role == Role.PROTECTION and _is_officer(by, mandate.country):
        raise Refused("same-officer")
    won = offer.filter(pk=mandate.pk).update(holder=by, accepted_at=at)
    if not won:
        raise Refused("not-offered")
    by.holds_mandate = True
    by.save(update_fields=["holds_mandate"])
    _write_down(ACCEPTED, by=by, subjects=[by.pk], at=at)
    mandate.refresh_from_db()


def _was_first(mandate: Mandate, person: User) -> bool:
    theirs = Mandate.objects.filter(one_person(person, path="granted_by"))
    return theirs.contains(mandate)


def _was_second(mandate: Mandate, person: User) -> bool:
    theirs = Approval.objects.filter(one_person(person, path="decided_by"))
    return theirs.filter(kind__in=KINDS.values(), subject=mandate.uuid).exists()


def _is_officer(person: User, country: str) -> bool:
    seats = Mandate.objects.filter(role=Role.PROTECTION, country=country)
    return seats.filter(one_person(person, path="holder"), ended_at=None).exists()


@transaction.atomic
def decline(mandate: Mandate, *, by: User, at: datetime) -> None:
    """Say no to an offer that was made to a verified address of one's own."""
    offers = Mandate.objects.offered_to(verified_addresses(by))
    if not offers.filter(pk=mandate.pk).update(declined_at=at):
        raise Refused("not-offered")
    _write_down(DECLINED, by=by, subjects=[by.pk], at=at)
    mandate.refresh_from_db()


@transaction.atomic
def end(mandate: Mandate, *, by: User, reason: str, at: datetime) -> None:
    """End a mandate, or take an offer back, as somebody above; or give one's own back.

    Who else held it is told by mail. Of two who end it at once, the first one does.
    """
    on = timezone.localdate(at)
    open_ones = Mandate.objects.visible_to(by, on=on).filter(
        ended_at=None, declined_at=None
    )
    # The holder as stored: an offer may have been accepted since it was read.
    if not open_ones.filter(pk=mandate.pk).update(
        ended_at=at, ended_by=by, ended_reason=reason
    ):
        raise Refused("already-over")
    mandate.refresh_from_db()
    if kind := KINDS.get(level_of(mandate)):
        withdraw(kind, subject=mandate.uuid, at=at)
    holder = mandate.holder_id
    _write_down(ENDED, by=by, subjects=[holder] if holder else [], at=at)
    if holder and holder != by.pk:
        mail_end.enqueue(str(mandate.uuid))


@transaction.atomic
def end_all_of(person: User, *, by: User | None, reason: str, at: datetime) -> int:
    """End every mandate that somebody holds, without a letter; return how many."""
    held = Mandate.objects.filter(holder=person, ended_at=None)
    ended = held.update(ended_at=at, ended_by=by, ended_reason=reason)
    if ended:
        _write_down(ENDED, by=by, subjects=[person.pk], at=at)
    return ended


@transaction.atomic
def end_what_ran_out(*, on: date, at: datetime) -> int:
    """End what is past its last day, or waited in vain for a second person."""
    ended = _end_overdue(Mandate.objects.all(), on=on, at=at)
    late = Approval.objects.filter(
        kind__in=KINDS.values(), subject=OuterRef("uuid")
    ).over(at)
    in_vain = Mandate.objects.filter(
        Exists(late), approved_at=None, ended_at=None, declined_at=None
    )
    return ended + _end_these(in_vain, reason=NOBODY_DECIDED, at=at)


def _end_overdue(
    mandates: MandateQuerySet, *, at: datetime, on: date | None = None
) -> int:
    overdue = mandates.filter(
        until_on__lt=on or timezone.localdate(at), ended_at=None, declined_at=None
    )
    return _end_these(overdue, reason=RAN_OUT, at=at)


def _end_these(mandates: MandateQuerySet, *, reason: str, at: datetime) -> int:
    """End each by itself, so that the log names whose ended and no rival is undone."""
    ended, holders = 0, set()
    for pk, holder in list(mandates.values_list("pk", "holder")):
        still = Mandate.objects.filter(pk=pk, ended_at=None, declined_at=None)
        if still.update(ended_at=at, ended_reason=reason):
            ended += 1
            holders |= {holder} - {None}
    if ended:
        _write_down(ENDED, by=None, subjects=holders, at=at)
    return ended


def _one_at_a_time(person: User) -> None:
    """Let two requests of one person wait for each other; SQLite lets no two in."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _refuse_if(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)


def _write_down(
    purpose: str, *, by: User | None, subjects: Iterable[User | int], at: datetime
) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=subjects,
        fields=FIELDS,
        at=at,
    )
