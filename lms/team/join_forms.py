"""What is typed to bring people into a cohort: addresses, a code, how it opens."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.people.addresses import validate_address
from lms.people.sign_in_forms import EMAIL_LENGTH
from lms.team import rules

BETWEEN = re.compile(r"[\s,;]+")
MOST_LETTERS = 20_000
NAMED = 5  # of the addresses that are wrong


class InviteForm(forms.Form):
    """Addresses in any order; the whole list is taken, or nothing of it."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=format_lazy(
            _("One per line, or with commas between them; up to {most}."),
            most=rules.MOST_ADDRESSES,
        ),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(
            attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter at least one e-mail address."),
            "max_length": _(
                "The list is too long. Enter fewer addresses, or import the list."
            ),
        },
    )

    def clean_addresses(self):
        """Return the addresses in lower case, each once, in their order."""
        words = BETWEEN.split(self.cleaned_data["addresses"].lower())
        found = list(dict.fromkeys(filter(None, words)))
        wrong = [word for word in found if not is_address(word)]
        if wrong:
            raise forms.ValidationError(
                _("Nobody was invited. Correct what is no e-mail address: %(wrong)s")
                % {"wrong": ", ".join(Truncator(w).chars(60) for w in wrong[:NAMED])}
            )
        if not found:
            raise forms.ValidationError(_("Enter at least one e-mail address."))
        if len(found) > rules.MOST_ADDRESSES:
            raise forms.ValidationError(
                _(
                    "Nobody was invited: there are %(count)d addresses. Enter up to "
                    "%(most)d at a time."
                )
                % {"count": len(found), "most": rules.MOST_ADDRESSES}
            )
        return found


def is_address(word):
    try:
        validate_address(word)
    except ValidationError:
        return False
    return len(word) <= EMAIL_LENGTH


def in_hours(count):
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}


class CodeForm(forms.Form):
    """How many join by the code, in how many hours."""

    places = forms.IntegerField(
        label=_("People in the room"),
        min_value=1,
        max_value=rules.MOST_CODE_PLACES,
        help_text=format_lazy(_("Between 1 and {most}."), most=rules.MOST_CODE_PLACES),
        error_messages={
            "required": _("Enter how many people are in the room."),
            "invalid": _("Enter a number, in digits."),
            "min_value": _("Enter at least one person."),
            "max_value": _("A code is for up to %(limit_value)d people."),
        },
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        error_messages={
            "required": _("Choose for how long."),
            "invalid_choice": _("Choose one of the times in the list."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hours"].choices = [
            (count, in_hours(count)) for count in rules.CODE_HOURS
        ]


class TypedCodeForm(forms.Form):
    """The code as somebody read it from a wall; `say_unknown` refuses it."""

    code = forms.CharField(
        label=_("Code on the wall"),
        help_text=_("Eight letters and digits, such as ABCD-2345."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={
            "required": _("Enter the code that is shown in the room."),
            "max_length": _("The code has eight letters and digits. Check it."),
        },
    )

    def say_unknown(self):
        self.add_error(
            "code",
            _("No cohort is open by that code. Check it, or ask whoever shows it."),
        )
