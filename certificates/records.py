"""What do certificates keep about a person, and what becomes of it?

Of an erased holder, code, hash, facts and the keyed hash of the name stay: whoever has
the paper can still check it.
"""

from django.db import transaction
from django.utils.translation import gettext_noop as _

from certificates.actions import delete_file
from certificates.models import Certificate
from certificates.tasks import delete_erased_file
from lms.people.records import NAMELESS, Leaver, register

register(
    "certificates.Certificate",
    "holder",
    _("Certificates"),
    export={
        "titles": _("course"),
        "holder_name": _("name as on the certificate"),
        "code": _("code"),
        "track": _("profession"),
        "edition_label": _("edition"),
        "issuer": _("issued by"),
        "minutes": _("minutes"),
        "minutes_in_person": _("minutes in person"),
        "norms_on": _("law as of"),
        "issued_at": _("issued"),
        "valid_until": _("valid until"),
        "revoked_at": _("revoked"),
        "revoked_for": _("class of reason"),
        "revoked_reason": _("reason"),
        "suspended_at": _("suspended"),
        "lifted_at": _("suspension lifted"),
        "sha256": _("SHA-256 of the file"),
    },
    merge="move",
    erase="certificates.records.erase_certificates",
    note=_("Each keeps the name it was issued with."),
)
register(
    "certificates.ShareLink",
    "certificate__holder",
    _("Links that show the name on a certificate"),
    export={
        "made_at": _("made"),
        "until_at": _("until"),
        "withdrawn_at": _("withdrawn"),
    },
    merge="keep",
    erase="delete",
    note=_("They stay with their certificate."),
)
register(
    "certificates.ShareUse",
    "link__certificate__holder",
    _("Uses of links that show the name on a certificate"),
    export={"at": _("at")},
    merge="keep",
    erase="delete",
    note=_("They stay with their link."),
)
register(
    "certificates.ReportLine",
    "person",
    _("Lines of reports"),
    export=_("A copy of the enrolments and certificates above, made for reports."),
    merge="delete",
    erase="delete",
    note=_("They are drawn again from what is kept."),
)


def erase_certificates(leaver: Leaver) -> None:
    """Take name and file from the certificates; delete the files once that is sure."""
    rows = Certificate.objects.filter(holder=leaver.person)
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.update(holder_name="", pdf="", erased_at=leaver.at)
    rows.exclude(revoked_reason="").update(revoked_reason=NAMELESS)
    for key in keys:
        # Twice, because a process may end here: files are not part of a transaction.
        delete_erased_file.enqueue(key)
        transaction.on_commit(lambda key=key: delete_file(key), robust=True)
