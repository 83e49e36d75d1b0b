"""What do changes of certificates keep about a person, and what becomes of it?"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from certificates.models import StandingChange
from lms.approvals.models import Approval
from lms.people.models import User
from lms.people.records import NAMELESS, Leaver, Rows, register

DONE_TO_OTHERS = _("It is somebody else’s record; that you did it is in the log.")

register(
    "certificates.StandingChange",
    "certificate__holder",
    _("Certificates that were revoked, suspended or restored"),
    export=Rows("certificates.revoking.records.changes_of"),
    merge="keep",
    erase="certificates.revoking.records.erase_reasons",
    note=_("They stay with their certificate."),
)
for model, column, words in (
    ("Certificate", "revoked_by", _("Certificates that you asked to revoke")),
    ("Certificate", "revoked_second", _("Certificates that you agreed to revoke")),
    ("StandingChange", "asked_by", _("Changes of certificates that you asked for")),
    ("StandingChange", "agreed_by", _("Changes of certificates that you agreed to")),
):
    register(
        f"certificates.{model}",
        column,
        words,
        export=DONE_TO_OTHERS,
        merge="keep",
        erase="keep",
    )


def changes_of(person: User, language: str) -> list[dict[str, object]]:
    """Return what was done to the person's certificates; not what others only asked."""
    done = StandingChange.objects.own(person).done().order_by("done_at", "pk")
    with override(language):
        return [
            {"reason": str(change.get_why_display()), "at": change.done_at}
            for change in done
        ]


def erase_reasons(leaver: Leaver) -> None:
    """Empty what others wrote about the person's certificates when they asked."""
    changes = StandingChange.objects.filter(certificate__holder=leaver.person)
    asked = Approval.objects.filter(subject__in=changes.values("uuid"))
    asked.update(reason=NAMELESS)
    asked.exclude(decision_reason="").update(decision_reason=NAMELESS)
    asked.waiting(leaver.at).update(until_at=leaver.at)
