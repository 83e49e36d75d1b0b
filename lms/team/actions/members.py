"""Ending memberships, leaving a cohort, and saying who somebody's superior is."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mandates.granting import is_address_of
from lms.people.addresses import mailbox_of
from lms.people.models import CohortMember, User
from lms.people.models.cohorts import CohortMemberQuerySet
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions.holding import hold

ENDED = gettext_noop("membership of a cohort ended")
SUPERIOR = gettext_noop("superior of a member")
FIELDS = [gettext_noop("cohort"), gettext_noop("until"), gettext_noop("reason")]
OF_SUPERIORS = [gettext_noop("superior"), gettext_noop("e-mail of the superior")]


@transaction.atomic
def end_membership(
    membership: CohortMember, *, by: User, reason: str, at: datetime
) -> None:
    """End a membership as a trainer; the reason is kept and the person reads it.

    Refused: `cohort-archived`, `membership-over`.
    """
    _end_one(membership, CohortMember.End.TRAINER, by=by, reason=reason, at=at)


@transaction.atomic
def leave(membership: CohortMember, *, by: User, at: datetime) -> None:
    """End a membership of one's own. Refused: `cohort-archived`, `membership-over`."""
    _end_one(membership, CohortMember.End.LEFT, by=by, reason="", at=at)


def _end_one(
    membership: CohortMember, how: str, *, by: User, reason: str, at: datetime
) -> None:
    hold(membership.cohort)
    rows = CohortMember.objects.filter(pk=membership.pk)
    if not end_these(rows, how, by=by, reason=reason, at=at):
        raise Refused("membership-over")


def end_these(
    rows: CohortMemberQuerySet,
    how: str,
    *,
    by: User | None,
    reason: str = "",
    at: datetime,
) -> int:
    """End those that are not over, for good from the next query on; return how many.

    Who is out of the cohort is in sight of its trainers no more, not even that day.
    """
    on = timezone.localdate(at)
    found = dict(rows.not_over(on).values_list("pk", "person"))
    ended = CohortMember.objects.not_over(on).filter(pk__in=found)
    many = ended.update(
        until_on=rules.last_day_of(on), ended_at=at, ended=how, ended_reason=reason
    )
    if many:
        record_event(
            Event.Kind.CHANGE,
            actor=by,
            purpose=ENDED,
            subjects=found.values(),
            fields=FIELDS,
            at=at,
        )
    return many


@transaction.atomic
def name_superior(
    membership: CohortMember, *, by: User, name: str, address: str, at: datetime
) -> None:
    """Say who the superior of a member is; both empty: nobody.

    Refused: `cohort-archived`, `membership-over`, and `own-superior` for a mailbox of
    the member's own. A trainer hears that of the one address that they see anyway.
    Whose superior is asked does not choose another one: `superior-named`. What the
    member says waits for a trainer's word: a trainer who saves it gives that.
    """
    hold(membership.cohort)
    person = membership.person
    known = mailbox_of(address) == mailbox_of(person.email)
    if address and (known or (by == person and is_address_of(person, address))):
        raise Refused("own-superior")
    named = membership.superior_address
    if by == person and membership.cohort.asks_superior and named not in ("", address):
        raise Refused("superior-named")
    rows = CohortMember.objects.not_over(timezone.localdate(at))
    rows = rows.filter(pk=membership.pk)
    unsaid = address != named or membership.superior_unconfirmed
    if not rows.update(
        superior_name=name,
        superior_address=address,
        superior_unconfirmed=by == person and bool(address) and unsaid,
    ):
        raise Refused("membership-over")
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=SUPERIOR,
        subjects=[membership.person_id],
        fields=OF_SUPERIORS,
        at=at,
    )
