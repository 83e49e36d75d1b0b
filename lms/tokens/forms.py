"""What is asked of whoever makes a token for a program."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lms.mandates.forms import day_field
from lms.people.forms import CHOOSE
from lms.people.models import Mandate
from lms.tokens.rules import usual_day

NAME_LENGTH = 60
# Why a token was not made, and which field says so.
PROBLEMS = {
    "mandate-is-over": ("mandate", _("This mandate does not stand any more.")),
    "day-is-past": ("until_on", _("Choose today or a later day.")),
    "day-is-too-late": (
        "until_on",
        _(
            "Choose a day within a year that is not after the last day of the mandate, "
            "%(day)s."
        ),
    ),
    "too-many-tokens": (
        None,
        _("This mandate has ten tokens. Revoke one that is not needed any more."),
    ),
    "name-is-taken": ("name", _("This mandate has a token of that name already.")),
}


class TokenForm(forms.Form):
    """For which mandate, under which name, until when?"""

    mandate = forms.ChoiceField(
        label=_("Mandate"),
        help_text=_("The token sees what this mandate shows, and nothing more."),
        error_messages={
            "required": _("Choose a mandate."),
            "invalid_choice": _("Choose one of the mandates in the list."),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("Of the program that will use it, so that you recognise it later."),
        error_messages={
            "required": _("Write a name."),
            "max_length": _("Shorten the name to %(limit_value)d letters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until_on = day_field(
        _("Until"),
        help_text=_("At most one year, and never longer than the mandate."),
    )

    def __init__(self, *args, mandates: Sequence[Mandate], on: date, **kwargs):
        last = max(mandate.until_on for mandate in mandates)
        initial = {"until_on": usual_day(on=on, mandate_until=last)}
        super().__init__(*args, initial=initial, **kwargs)
        self.held = {str(mandate.uuid): mandate for mandate in mandates}
        names = [(key, str(one.place)) for key, one in self.held.items()]
        if len(names) == 1:
            initial["mandate"] = names[0][0]
        self.fields["mandate"].choices = names if len(names) == 1 else [*CHOOSE, *names]

    def clean_mandate(self) -> Mandate:
        return self.held[self.cleaned_data["mandate"]]

    def refuse(self, reasons: Sequence[str]) -> None:
        """Say beside each field why the token was not made."""
        last = self.cleaned_data["mandate"].until_on
        for reason in reasons:
            field, sentence = PROBLEMS[reason]
            self.add_error(field, sentence % {"day": date_format(last)})
