"""Archiving a cohort: it is read from then on, and changed no more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import (
    Cohort,
    CohortMember,
    Invitation,
    JoinCode,
    MembershipRule,
    User,
)
from lms.refusals import Refused
from lms.team.actions.members import end_these
from lms.team.record import record_of

ARCHIVED = gettext_noop("cohort archived")
FIELDS = [gettext_noop("name"), gettext_noop("from"), gettext_noop("until")]


@transaction.atomic
def archive(cohort: Cohort, *, by: User, at: datetime) -> None:
    """Write the record of a cohort and close all that was open about it.

    Invitations are withdrawn, codes closed, rules and memberships end; who trains it
    reads it on. Refused: `cohort-archived`.
    """
    if not Cohort.objects.at_work().filter(pk=cohort.pk).update(archived_at=at):
        raise Refused("cohort-archived")
    cohort.refresh_from_db()
    cohort.record = record_of(cohort, at=at)
    cohort.save(update_fields=["record"])
    invitations = Invitation.objects.filter(cohort=cohort)
    invitations.unanswered().update(withdrawn_at=at)
    JoinCode.objects.filter(cohort=cohort, closed_at=None).update(closed_at=at)
    MembershipRule.objects.standing().filter(cohort=cohort).update(ended_at=at)
    members = CohortMember.objects.filter(cohort=cohort)
    end_these(members, CohortMember.End.ARCHIVED, by=by, at=at)
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=ARCHIVED,
        subjects=[],
        fields=FIELDS,
        at=at,
    )
