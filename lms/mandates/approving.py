"""What a second person decides about mandates, how it reads, and what is done then."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.mandates import actions
from lms.mandates.granting import as_known, granter
from lms.mandates.rules import Level, may_be_second
from lms.mandates.words import above
from lms.people.models import Mandate, User

SENTENCES = {
    "address-is-yours": gettext_lazy(
        "The mandate is for an address of yours. Somebody else decides about it."
    ),
    "asker-may-not": gettext_lazy(
        "Whoever asked may not grant this any more. You may refuse it."
    ),
    "over": gettext_lazy(
        "The mandate has ended or was taken back. There is nothing to approve."
    ),
}


def decides(viewer: User) -> bool:
    """Whether this person may be the second one for a mandate over a country."""
    somebody = granter(viewer, on=timezone.localdate())
    return may_be_second(somebody, level=Level.COUNTRY)


def decides_regional(viewer: User) -> bool:
    """Whether this person may be the second one for a mandate over the region."""
    somebody = granter(viewer, on=timezone.localdate())
    return may_be_second(somebody, level=Level.REGION)


def rows(subjects: list[UUID], viewer: User) -> dict[UUID, Mandate]:
    """Return the mandates by their identifier, in one query."""
    found = Mandate.objects.with_place().with_silence().filter(uuid__in=subjects)
    return {mandate.uuid: as_known(mandate) for mandate in found}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return the mandate in words: no name, only the address that was typed.

    Once somebody is known to hold it, not even that: if only a shielded person's were
    gone, it would say who is shielded, and when that changes.
    """
    mandate = approval.row
    return Summary(
        what=_("Mandate: %(role)s, %(place)s")
        % {"role": mandate.get_role_display(), "place": mandate.place},
        facts=[
            (_("Role"), str(mandate.get_role_display())),
            (_("Over"), mandate.place),
            (_("E-mail"), "" if mandate.holder_id else mandate.address),
            (_("From"), date_format(mandate.from_on, "DATE_FORMAT")),
            (_("Until"), date_format(mandate.until_on, "DATE_FORMAT")),
            (_("Asked by"), str(above(mandate))),
        ],
    )


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    actions.approve(approval.subject, by=by, at=at)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    actions.refuse(approval.subject, by=by, at=at)
