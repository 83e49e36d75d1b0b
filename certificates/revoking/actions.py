"""Asking for a certificate to be revoked, suspended or restored, and doing it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from certificates.models import Certificate, StandingChange
from certificates.revoking import rules
from certificates.revoking.rules import Act
from lms.approvals.actions import ask
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.outbox import letter_to, post
from lms.people.models import User
from lms.refusals import Refused

KIND = gettext_noop("certificate")
LETTER = "certificate_changed"
ASKED = gettext_noop("change of a certificate asked for")
DONE = {
    Act.REVOKE: gettext_noop("certificate revoked"),
    Act.SUSPEND: gettext_noop("certificate suspended"),
    Act.LIFT: gettext_noop("suspension of a certificate lifted"),
}


@transaction.atomic
def ask_for(
    certificate: Certificate, *, why: str, reason: str, by: User, at: datetime
) -> Approval:
    """Ask a second person to change what the certificate is worth.

    Of one certificate one change waits at a time. Raises `Refused`.
    """
    _check(certificate, why=why, by=by, at=at)
    changes = StandingChange.objects.filter(certificate=certificate)
    waiting = Approval.objects.filter(kind=KIND).waiting(at)
    if waiting.filter(subject__in=changes.values("uuid")).exists():
        raise Refused("already-asked")
    change = changes.create(certificate=certificate, why=why, asked_by=by, asked_at=at)
    _note(change, by=by, purpose=ASKED, at=at)
    return ask(KIND, subject=change.uuid, by=by, reason=reason, at=at)


@transaction.atomic
def carry_out(change: StandingChange, *, reason: str, by: User, at: datetime) -> None:
    """Do what was asked for, tell the holder, and leave a line in the log.

    Raises `Refused`, also where somebody else changed the certificate meanwhile.
    """
    asker = change.asked_by
    _check(change.certificate, why=change.why, by=asker, at=at)
    _check(change.certificate, why=change.why, by=by, at=at)
    open_ones = StandingChange.objects.filter(pk=change.pk, done_at=None)
    if not open_ones.update(agreed_by=by, done_at=at):
        raise Refused("over")
    act = rules.act_of(change.why)
    rows = Certificate.objects.filter(pk=change.certificate_id, revoked_at=None)
    match act:
        case Act.REVOKE:
            changed = rows.update(
                revoked_at=at,
                revoked_for=change.why,
                revoked_reason=reason,
                revoked_by=asker,
                revoked_second=by,
            )
        case Act.SUSPEND:
            free = rows.filter(Q(suspended_at=None) | Q(lifted_at__isnull=False))
            changed = free.update(suspended_at=at, lifted_at=None)
        case Act.LIFT:
            changed = rows.suspended().update(lifted_at=at)
    if not changed:
        raise Refused("over")
    _note(change, by=by, purpose=DONE[act], at=at)
    _tell_holder(change, at=at)


def _check(certificate: Certificate, *, why: str, by: User, at: datetime) -> None:
    """Raise `Refused` where this person may not, or the certificate allows no such."""
    theirs = Certificate.objects.revocable_by(by, on=timezone.localdate(at))
    if not theirs.contains(certificate):
        raise Refused("not-yours")
    certificate.refresh_from_db()
    reasons = rules.refusals(
        why,
        revoked=certificate.revoked_at is not None,
        suspended=certificate.is_suspended,
    )
    if reasons:
        raise Refused(*reasons)


def _note(change: StandingChange, *, by: User, purpose: str, at: datetime) -> None:
    with override("en"):  # the log holds words that its screens translate
        why = str(change.get_why_display())
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=[change.certificate.holder_id],
        fields=[why],
        at=at,
    )


def _tell_holder(change: StandingChange, *, at: datetime) -> None:
    """Write the holder a letter; nobody reads one of somebody who was erased."""
    certificate = change.certificate
    if certificate.erased_at is not None:
        return
    letter = letter_to(
        certificate.holder,
        event=f"{LETTER}:{change.uuid}",
        template=LETTER,
        facts={"change": str(change.uuid)},
        at=at,
        urgent=False,
    )
    post([letter])
