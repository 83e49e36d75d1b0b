"""What is asked of whoever refuses what another one asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 255


class RefuseForm(forms.Form):
    """Why not?"""

    reason = forms.CharField(
        label=_("Reason for the refusal"),
        help_text=_("Whoever asked reads it."),
        max_length=REASON_LENGTH,
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Shorten the reason to %(limit_value)d letters."),
        },
    )
