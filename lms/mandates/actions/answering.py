"""Answering an offer: a code to its very mailbox, then yes; or no."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.approvals.models import Approval
from lms.approvals.parties import are_one
from lms.mail.outbox import letter_to_address, post
from lms.mandates import rules
from lms.mandates.actions.writing import KINDS, one_at_a_time, write_down
from lms.mandates.granting import verified_addresses
from lms.mandates.mails import code_for
from lms.people.choices import Role
from lms.people.limits import may_send_proof, may_try_proof
from lms.people.models import Mandate, User
from lms.people.models.mandates import MandateQuerySet
from lms.people.scope import one_person
from lms.refusals import Refused

ACCEPTED = gettext_noop("mandate accepted")
DECLINED = gettext_noop("mandate declined")


def send_code(mandate: Mandate, *, by: User, at: datetime) -> None:
    """Write a code to the mailbox of an offer, whatever else the person can read.

    It shows that whoever accepts reads that mailbox today: an address that was proven
    once may be a former director's, or the letter was passed on. Refused as `accept`
    is, and to whoever asks for too many.
    """
    _refuse_unless_theirs(mandate, by=by, at=at)
    if not may_send_proof(by, at=at):
        raise Refused("too-many-codes")
    window = rules.window_of(at)
    facts = {"mandate": str(mandate.uuid), "person": by.pk, "window": window}
    letter = letter_to_address(
        mandate.address,
        language=by.language,
        event=f"mandate_code:{mandate.uuid}:{by.pk}:{at.timestamp()}",
        template="mandate_code",
        facts=facts,
        at=at,
        until_at=rules.runs_out_at(window),
    )
    post([letter])


def accept(mandate: Mandate, *, by: User, code: str, at: datetime) -> None:
    """Take an offer, with the code that was sent to its address a moment ago.

    Refused to whoever granted or approved it, also where only another account of
    theirs did (`lms.approvals.parties`), and to whoever already has the other seat of
    the officers for shielded people. Accepting again changes nothing.
    """
    if mandate.holder_id == by.pk:
        return
    _refuse_unless_theirs(mandate, by=by, at=at)
    # Outside of a transaction: a wrong try stays counted.
    if not may_try_proof(by, at=at):
        raise Refused("too-many-tries")
    if not rules.is_code(code, among=_codes(mandate, by=by, at=at)):
        raise Refused("wrong-code")
    _take(mandate, by=by, at=at)


def _codes(mandate: Mandate, *, by: User, at: datetime) -> list[str]:
    """Return what may be typed now: the code of this window, and of the one before."""
    window = rules.window_of(at)
    return [code_for(mandate, by.pk, window=one) for one in (window, window - 1)]


@transaction.atomic
def _take(mandate: Mandate, *, by: User, at: datetime) -> None:
    one_at_a_time(by)
    _refuse_unless_theirs(mandate, by=by, at=at)
    if not _offers(by, at=at).filter(pk=mandate.pk).update(holder=by, accepted_at=at):
        raise Refused("not-offered")
    by.holds_mandate = True
    by.save(update_fields=["holds_mandate"])
    write_down(ACCEPTED, by=by, subjects=[by.pk], at=at)
    mandate.refresh_from_db()


def _offers(person: User, *, at: datetime) -> MandateQuerySet:
    on = timezone.localdate(at)
    return Mandate.objects.not_over(on).offered_to(verified_addresses(person))


def _refuse_unless_theirs(mandate: Mandate, *, by: User, at: datetime) -> None:
    if not _offers(by, at=at).contains(mandate):
        raise Refused("not-offered")
    if _is_first(mandate, by, at=at) or _was_second(mandate, by):
        raise Refused("own-grant")
    if mandate.role == Role.PROTECTION and _is_officer(by, mandate.country, at=at):
        raise Refused("same-officer")


def _is_first(mandate: Mandate, person: User, *, at: datetime) -> bool:
    theirs = Mandate.objects.filter(one_person(person, path="granted_by"))
    return theirs.contains(mandate) or are_one(mandate.granted_by, person, at=at)


def _was_second(mandate: Mandate, person: User) -> bool:
    theirs = Approval.objects.filter(one_person(person, path="decided_by"))
    return theirs.filter(kind__in=KINDS.values(), subject=mandate.uuid).exists()


def _is_officer(person: User, country: str, *, at: datetime) -> bool:
    """Whether the person, or what looks like another account of theirs, has a seat."""
    seats = Mandate.objects.filter(role=Role.PROTECTION, country=country, ended_at=None)
    if seats.filter(one_person(person, path="holder")).exists():
        return True
    others = User.objects.filter(pk__in=seats.values("holder"))
    return any(are_one(other, person, at=at) for other in others)


@transaction.atomic
def decline(mandate: Mandate, *, by: User, at: datetime) -> None:
    """Say no to an offer that was made to a verified address of one's own."""
    offers = Mandate.objects.offered_to(verified_addresses(by))
    if not offers.filter(pk=mandate.pk).update(declined_at=at):
        raise Refused("not-offered")
    write_down(DECLINED, by=by, subjects=[by.pk], at=at)
    mandate.refresh_from_db()
