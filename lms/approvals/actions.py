"""Asking a second person, taking that back, and deciding as one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from lms.approvals import rules
from lms.approvals.kinds import REGISTER, decidable_by
from lms.approvals.models import Approval
from lms.approvals.parties import why_not_another
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User
from lms.refusals import Refused

GIVEN = gettext_noop("approval given")
REFUSED = gettext_noop("approval refused")


@transaction.atomic
def ask(kind: str, *, subject: UUID, by: User, reason: str, at: datetime) -> Approval:
    """Ask for a second person; asking again about the same subject changes nothing.

    Where nobody decided in time, asking again begins a new time to decide.
    """
    asked = {
        "asked_by": by,
        "asked_at": at,
        "until_at": rules.waits_until(at),
        "reason": reason,
    }
    approval, made = Approval.objects.get_or_create(
        kind=kind, subject=subject, decided_at=None, defaults=asked
    )
    late = Approval.objects.filter(pk=approval.pk).over(at)
    if not made and late.update(**asked):
        approval.refresh_from_db()
    return approval


def withdraw(kind: str, *, subject: UUID, at: datetime) -> None:
    """Let nobody decide about the subject any more; what was decided stays."""
    waiting = Approval.objects.filter(kind=kind, subject=subject).waiting(at)
    waiting.update(until_at=at)


@transaction.atomic
def decide(
    approval: Approval, *, approve: bool, by: User, at: datetime, reason: str = ""
) -> None:
    """Say yes, or no and why, and do what was asked for in the same transaction.

    Refused for who asked (with whatever account that is theirs now), for who is not
    another human (`rules.not_another`), for who may not decide this kind, and a second
    time; of two who decide at once, the first one does.
    """
    asker = approval.asked_by
    reasons = rules.refusals(
        asked_by=asker.merged_into_id or asker.pk,
        by=by.pk,
        decided=approval.decided_at is not None,
        expired=approval.until_at <= at,
        says_why=approve or bool(reason.strip()),
    )
    if reasons:
        raise Refused(*reasons)
    theirs = Approval.objects.filter(decidable_by(by))
    if not theirs.contains(approval):
        raise Refused("not-yours")
    if reasons := why_not_another(approval, by):
        raise Refused(*reasons)
    waiting = theirs.filter(pk=approval.pk).waiting(at)
    decision = {"approved": approve, "decision_reason": reason}
    if not waiting.update(decided_by=by, decided_at=at, **decision):
        raise Refused("already-decided")
    approval.refresh_from_db()
    kind = REGISTER[approval.kind]
    kind.call("carry_out" if approve else "turn_down")(approval, by, at)
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=GIVEN if approve else REFUSED,
        subjects=[approval.asked_by_id],
        fields=[kind.act],
        at=at,
    )
