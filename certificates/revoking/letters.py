"""What does the letter say to whoever holds a certificate that was changed?"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.models import StandingChange
from certificates.revoking.rules import Act, act_of
from certificates.wording import day
from lms.mail.actions import from_here
from lms.mail.models import Letter


def certificate_changed(letter: Letter) -> dict[str, object] | None:
    """Return what happened, for which class of reason and on which day."""
    done = StandingChange.objects.done().filter(uuid=letter.facts["change"])
    change = done.select_related("certificate").first()
    if change is None:
        return None
    with override(letter.language):
        return {
            "what": _said(change) % _facts(change, letter.language),
            "url": from_here(reverse("certificate", args=[change.certificate_id])),
        }


def _said(change: StandingChange) -> str:
    match act_of(change.why):
        case Act.REVOKE:
            return _(
                "It was revoked on %(day)s. Class of reason: %(why)s. "
                "It is not valid any more."
            )
        case Act.SUSPEND:
            return _(
                "It was suspended on %(day)s. Class of reason: %(why)s. "
                "Until the inquiry ends it is not valid."
            )
        case Act.LIFT:
            return _("Its suspension was lifted on %(day)s: %(why)s.")


def _facts(change: StandingChange, language: str) -> dict[str, str]:
    on = timezone.localdate(change.done_at)
    return {"day": day(on, language), "why": str(change.get_why_display())}
