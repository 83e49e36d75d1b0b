"""Which question to a superior does a link open, while it may be answered?"""

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from courses.assigning.actions.starting import PURPOSE
from courses.assigning.rules import token_hash, token_of
from courses.models import SuperiorRequest
from courses.models.superiors import SuperiorRequestQuerySet
from lms.mail.actions import from_here
from lms.people.models import CohortMember


def open_requests(*, at: datetime) -> SuperiorRequestQuerySet:
    """Return what may be answered: of open accounts, about nobody who is shielded.

    Only by who is the superior today of a member of a cohort that asks superiors, and
    is one by a trainer's word.
    """
    members = CohortMember.objects.standing(timezone.localdate(at)).filter(
        cohort=OuterRef("assignment__cohort"),
        person=OuterRef("person"),
        superior_address=OuterRef("superior_address"),
        superior_unconfirmed=False,
    )
    return (
        SuperiorRequest.objects.open(at)
        .filter(
            Exists(members),
            assignment__cohort__asks_superior=True,
            person__closed_at=None,
            person__shielded=False,
            assignment__withdrawn_at=None,
            assignment__cohort__archived_at=None,
        )
        .select_related("person", "assignment__cohort", "assignment__course")
    )


def request_of(token: str, *, at: datetime) -> SuperiorRequest | None:
    """Return the question whose link carries that token; the token is the right."""
    return open_requests(at=at).filter(token_hash=token_hash(token)).first()


def link_of(request: SuperiorRequest) -> str:
    """Return the full address of the page where it is answered."""
    token = token_of(PURPOSE, request.uuid, key=settings.SECRET_KEY)
    return from_here(reverse("superior", args=[token]))
