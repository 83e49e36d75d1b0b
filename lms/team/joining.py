"""To which cohorts is somebody invited, and which one does a code open?"""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lms.mandates.granting import verified_addresses
from lms.people.choices import Role
from lms.people.models import Cohort, CohortMember, Invitation, JoinCode, User
from lms.people.models.invitations import InvitationQuerySet
from lms.people.scope import in_force, standing_mandates
from lms.people.zones import end_of
from lms.team import rules


def invitations_to(person: User, *, at: datetime) -> InvitationQuerySet:
    """Return the open invitations to the person's own addresses, the oldest first.

    Not those to learn where they learn already.
    """
    learns = CohortMember.objects.own(person).filter(
        in_force(timezone.localdate(at)), cohort=OuterRef("cohort")
    )
    return (
        Invitation.objects.if_signed_in(person)
        .open(at)
        .to_addresses(verified_addresses(person))
        .filter(cohort__archived_at=None)
        .exclude(Exists(learns), role=Invitation.Role.MEMBER)
        .select_related("cohort")
        .order_by("invited_at", "pk")
    )


def answerable_by(person: User) -> InvitationQuerySet:
    """Return every invitation to the person's own addresses, answered or not."""
    return (
        Invitation.objects.if_signed_in(person)
        .to_addresses(verified_addresses(person))
        .select_related("cohort")
    )


def invitation_of(token: str, *, at: datetime) -> Invitation | None:
    """Return the open invitation whose letter carried this token, if there is one.

    The token is the key, whoever brings it: only the hash of it is looked for.
    """
    found = Invitation.objects.open(at).filter(token_hash=rules.token_hash(token))
    invitation = found.select_related("cohort").first()
    if invitation is None or closed_refusals(invitation.cohort, at=at):
        return None
    return invitation


def code_of(typed: str, *, at: datetime) -> JoinCode | None:
    """Return the open code that somebody typed, full or not, if there is one."""
    code = rules.code_read(typed)
    if code is None:
        return None
    found = JoinCode.objects.open(at).filter(code=code, cohort__archived_at=None)
    return found.select_related("cohort").first()


def learns_in(person: User, cohort: Cohort, *, at: datetime) -> bool:
    """Whether the person is a member of the cohort that day."""
    rows = CohortMember.objects.own(person).standing(timezone.localdate(at))
    return rows.filter(cohort=cohort).exists()


def has_place_of(code: JoinCode, person: User) -> bool:
    """Whether the person came into the cohort by this code before.

    A cohort has one open code at a time: whoever came since it was opened, by no
    invitation, came by it.
    """
    came = CohortMember.objects.own(person).filter(
        cohort=code.cohort_id, joined_at__gte=code.opened_at
    )
    invited = Invitation.objects.filter(
        cohort=code.cohort_id, redeemed_by=person, redeemed_at=OuterRef("joined_at")
    )
    return came.exclude(Exists(invited)).exists()


def trains_in(person: User, country: str, *, at: datetime) -> bool:
    """Whether the person holds a mandate to train in that country on that day."""
    on = timezone.localdate(at)
    held = standing_mandates(person, Role.TRAINER, on=on)
    return held.filter(country=country).exists()


def closed_refusals(cohort: Cohort, *, at: datetime) -> list[str]:
    """Return why nobody may come into the cohort, its last day told by its zone."""
    return rules.closed_refusals(
        archived=cohort.archived_at is not None, over=is_over(cohort, at=at)
    )


def is_over(cohort: Cohort, *, at: datetime) -> bool:
    return end_of(cohort.until_on, zone=cohort.zone) <= at
