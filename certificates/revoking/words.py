"""How changes of certificates, and refusals of them, are put into words."""

from django.utils.translation import gettext_lazy as _

from certificates.revoking.rules import Act

ACTS = {
    Act.REVOKE: _("Revoke a certificate"),
    Act.SUSPEND: _("Suspend a certificate"),
    Act.LIFT: _("Lift the suspension of a certificate"),
}
REFUSALS = {
    "not-yours": _(
        "Your mandate, or that of whoever asked, does not cover this certificate."
    ),
    "already-revoked": _("This certificate is revoked, and stays so."),
    "already-suspended": _("This certificate is suspended already."),
    "not-suspended": _("This certificate is not suspended."),
    "already-asked": _(
        "A change of this certificate waits for a second person already."
    ),
    "over": _("Somebody has changed this certificate meanwhile."),
}
