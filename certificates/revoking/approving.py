"""What a second person decides about a certificate: whose it is, and who asks for what.

The name is shown to whoever has the holder in sight; the secretariat compares the code.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates import wording
from certificates.models import Certificate, StandingChange
from certificates.revoking import actions
from certificates.revoking.rules import Act, act_of
from certificates.revoking.words import ACTS, REFUSALS
from certificates.rules import code_printed
from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.people.choices import Role
from lms.people.models import User
from lms.people.scope import standing_mandates

SENTENCES = REFUSALS


def decides(viewer: User) -> bool:
    """Whether this person may be the second one for certificates at all."""
    on = timezone.localdate()
    return any(
        standing_mandates(viewer, role, on=on).exists()
        for role in (Role.SECRETARIAT, Role.MINISTRY)
    )


def subjects(viewer: User) -> QuerySet:
    """Return the changes about which this person may be the second one."""
    theirs = Certificate.objects.revocable_by(viewer, on=timezone.localdate())
    changes = StandingChange.objects.filter(certificate__in=theirs.values("pk"))
    return changes.values("uuid")


def rows(uuids: list[UUID], viewer: User) -> dict[UUID, StandingChange]:
    """Return the changes by their identifier, in one query.

    Each knows whether the viewer has its holder `in_sight`.
    """
    seen = Certificate.objects.visible_to(viewer).filter(pk=OuterRef("certificate"))
    found = StandingChange.objects.filter(uuid__in=uuids)
    found = found.annotate(in_sight=Exists(seen))
    return {
        change.uuid: change
        for change in found.select_related("certificate", "asked_by")
    }


def summary(approval: Approval, viewer: User) -> Summary:
    """Return whose certificate it is, what the paper says, and who asks for what."""
    change = approval.row
    award, asker, language = change.certificate, change.asked_by, get_language()
    revokes = act_of(change.why) is Act.REVOKE
    return Summary(
        what=str(ACTS[act_of(change.why)]),
        facts=[
            (_("Name on the certificate"), _name_on(change)),
            (_("Class of reason"), str(change.get_why_display())),
            (_("Code"), code_printed(award.code)),
            *[
                (fact.label, fact.value)
                for fact in wording.facts(award, language=language)
            ],
            (_("Asked by"), "–" if asker.shielded else asker.legal_name),
        ],
        people=[award.holder_id, *([] if asker.shielded else [asker.pk])],
        warning=_("A certificate that was revoked is never valid again.")
        if revokes
        else "",
    )


def _name_on(change: StandingChange) -> str:
    """Return the name, or why it is not there."""
    if not change.in_sight:
        return _("Your mandate shows no names: compare the code.")
    return change.certificate.holder_name or "–"


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    actions.carry_out(_asked(approval), reason=approval.reason, by=by, at=at)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    """The certificate stays as it is."""


def _asked(approval: Approval) -> StandingChange:
    found = StandingChange.objects.select_related("certificate__holder", "asked_by")
    return found.get(uuid=approval.subject)
