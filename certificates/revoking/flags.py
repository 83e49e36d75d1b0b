"""Which certificates lost the pass that they rest on, and why?

A key was wrong, and the secretariat signed that marks fall. The certificate stays as it
is, and says the same to whoever checks it, until two people decide about it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.rules import code_printed
from certificates.wording import day, issued_on
from courses.models import Attempt
from lms.people.models import User

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Flag:
    """A certificate to decide about; without its holder's name."""

    certificate: UUID
    holder: int
    code: str
    course: str
    issued: str
    why: str


def flags_of(viewer: User, *, on: date, language: str) -> list[Flag]:
    """Return those that the viewer may decide about, the oldest first."""
    theirs = Certificate.objects.revocable_by(viewer, on=on).with_pass_lost()
    found = list(theirs.order_by("issued_at", "pk")[:SHOWN])
    why = _reasons([one.enrolment_id for one in found], language)
    return [
        Flag(
            certificate=one.pk,
            holder=one.holder_id,
            code=code_printed(one.code),
            course=one.title(language),
            issued=day(issued_on(one), language),
            why=why[one.enrolment_id],
        )
        for one in found
    ]


def why_flagged(certificate: Certificate, *, language: str) -> str:
    """Return why it lost its pass; nothing where it did not, or was revoked."""
    flagged = Certificate.objects.filter(pk=certificate.pk).with_pass_lost()
    if not flagged.exists():
        return ""
    return _reasons([certificate.enrolment_id], language)[certificate.enrolment_id]


def _reasons(enrolments: list[int], language: str) -> dict[int, str]:
    """Return why each of them lost its pass, by enrolment; one query."""
    lost = Attempt.objects.filter(enrolment__in=enrolments).lost()
    return {
        one.enrolment_id: _(
            "Its final test counts as passed no more: the key of a question was wrong, "
            "and the regional secretariat signed on %(day)s that marks fall. "
            "Reason: %(reason)s"
        )
        % {
            "day": day(timezone.localdate(one.lost_by.signed_at), language),
            "reason": one.lost_by.lowering_reason,
        }
        for one in lost.select_related("lost_by").order_by("pk")
    }
