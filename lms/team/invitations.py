"""Whom did a trainer invite into a cohort, and how does each invitation stand?

Nothing here knows whether an address has an account. Who accepted is read in the list
of members and not listed here; a shielded person, who stands in no list, is listed as
if they had not answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from lms.people.models import Cohort, Invitation, User
from lms.team import rules

PER_PAGE = 50


def invitations_in(cohort: Cohort, *, viewer: User, on: date) -> QuerySet[Invitation]:
    """Return the invitations of the cohort that wait, ran out or were declined.

    Of several to one address to do one thing, the newest.
    """
    rows = Invitation.objects.visible_to(viewer, on=on).filter(cohort=cohort)
    same = Invitation.objects.filter(
        cohort=OuterRef("cohort"), role=OuterRef("role"), address=OuterRef("address")
    )
    return (
        rows.unaccepted()
        .exclude(address="")
        .exclude(Exists(same.filter(invited_at__gt=OuterRef("invited_at"))))
        .select_related("cohort")
        .order_by("-invited_at", "address", "pk")
    )


@dataclass(frozen=True, slots=True)
class Row:
    """An invitation as its trainer reads it."""

    invitation: Invitation
    state: rules.Waiting


def as_rows(invitations: Iterable[Invitation], *, at: datetime) -> list[Row]:
    """Return the invitations, each with how it stands at that moment."""
    return [Row(one, state_of(one, at=at)) for one in invitations]


def state_of(invitation: Invitation, *, at: datetime) -> rules.Waiting:
    return rules.waiting(
        declined=invitation.declined_at is not None, until_at=invitation.until_at, at=at
    )
