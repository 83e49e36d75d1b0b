"""Ending a mandate: from above, by its holder, by the clock, with the account."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.approvals.actions import withdraw
from lms.approvals.models import Approval
from lms.mandates.actions.writing import ENDED, KINDS, write_down
from lms.mandates.mails import mail_end
from lms.mandates.words import level_of
from lms.people.models import Mandate, User
from lms.people.models.mandates import MandateQuerySet
from lms.refusals import Refused

# Why a mandate ended without a person's own words.
RAN_OUT = gettext_noop("it ran out")
NOBODY_DECIDED = gettext_noop("no second person approved it in time")
GIVEN_BACK = gettext_noop("given back by its holder")


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
    write_down(ENDED, by=by, subjects=[holder] if holder else [], at=at)
    if holder and holder != by.pk:
        mail_end.enqueue(str(mandate.uuid))


@transaction.atomic
def end_all_of(person: User, *, by: User | None, reason: str, at: datetime) -> int:
    """End every mandate that somebody holds, without a letter; return how many."""
    held = Mandate.objects.filter(holder=person, ended_at=None)
    ended = held.update(ended_at=at, ended_by=by, ended_reason=reason)
    if ended:
        write_down(ENDED, by=by, subjects=[person.pk], at=at)
    return ended


@transaction.atomic
def end_what_ran_out(*, on: date, at: datetime) -> int:
    """End what is past its last day, or waited in vain for a second person."""
    ended = end_overdue(Mandate.objects.all(), on=on, at=at)
    late = Approval.objects.filter(
        kind__in=KINDS.values(), subject=OuterRef("uuid")
    ).over(at)
    in_vain = Mandate.objects.filter(
        Exists(late), approved_at=None, ended_at=None, declined_at=None
    )
    return ended + _end_these(in_vain, reason=NOBODY_DECIDED, at=at)


def end_overdue(
    mandates: MandateQuerySet, *, at: datetime, on: date | None = None
) -> int:
    """End those of these mandates that are past their last day; return how many."""
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
        write_down(ENDED, by=None, subjects=holders, at=at)
    return ended
