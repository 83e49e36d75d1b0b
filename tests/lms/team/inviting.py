"""Invitations for tests, and the links of their letters."""

from datetime import timedelta

from django.conf import settings

from lms.models import Invitation
from lms.team.actions import Asked, invite
from lms.team.rules import invitation_token

WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


def invited(
    cohort, *, by, at, address="bruno@example.org", role="member", **facts
) -> Invitation:
    """Invite an address and return its invitation."""
    invite(cohort, by=by, asked=[Asked(address, facts)], role=role, at=at)
    return Invitation.objects.open(at).get(cohort=cohort, address=address, role=role)


def token_of(invitation) -> str:
    return invitation_token(invitation.uuid, key=settings.SECRET_KEY)


def link_of(invitation, language="es") -> str:
    return f"/{language}/join/{token_of(invitation)}/"
