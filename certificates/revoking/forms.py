"""Why is a certificate to be revoked, suspended or restored? Which one is it?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, Why
from certificates.revoking import rules
from certificates.revoking.rules import Act, act_of

REASON_LENGTH = 255
CODE_LENGTH = 80
GROUPS = {
    Act.REVOKE: _("Revoke it for good"),
    Act.SUSPEND: _("Suspend it until an inquiry ends"),
    Act.LIFT: _("Lift the suspension"),
}


class ChangeForm(forms.Form):
    """The class of reason, which says what is done, and what led to it."""

    why = forms.ChoiceField(
        label=_("Class of reason"),
        help_text=_("Whoever checks the certificate reads it."),
        error_messages={
            "required": _("Choose a class of reason."),
            "invalid_choice": _("Choose a class of reason."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "The second person reads it; the holder and the public read the class. "
            "Write no name; the number of a file is enough."
        ),
        max_length=REASON_LENGTH,
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Shorten the reason to %(limit_value)d letters."),
        },
    )

    def __init__(self, *args, certificate: Certificate, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = [("", _("Choose")), *_choices_for(certificate)]


def _choices_for(certificate: Certificate) -> list[tuple]:
    """Return the reasons that fit how the certificate stands, by what they do."""
    facts = {
        "revoked": certificate.revoked_at is not None,
        "suspended": certificate.is_suspended,
    }
    fitting = [why for why in Why.to_choose() if not rules.refusals(why, **facts)]
    return [
        (name, [(why.value, why.label) for why in fitting if act_of(why) is act])
        for act, name in GROUPS.items()
        if any(act_of(why) is act for why in fitting)
    ]


class CodeForm(forms.Form):
    """The code that stands on the paper; asked by GET."""

    code = forms.CharField(max_length=CODE_LENGTH)
