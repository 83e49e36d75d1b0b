"""Form fields for the name that a certificate carries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people import rules


def shown(sign: str) -> str:
    """Return a sign, or its number where nothing would be seen."""
    return f"U+{ord(sign):04X}" if rules.draws_nothing(sign) else sign


class NameField(forms.CharField):
    """A legal name, with its spaces in order and no sign that names do not have."""

    default_error_messages = {
        "required": _("Enter your name as it should appear on the certificate."),
        "max_length": _("The name has more than %(limit_value)d letters. Shorten it."),
        "strange": _("A name cannot contain %(signs)s. Enter it in letters."),
        "mixed": _(
            "%(word)s is written in letters of two alphabets that look alike. Type the "
            "name again."
        ),
        "marks": _("A letter carries too many accents. Type the name again."),
    }

    def to_python(self, value):
        return " ".join(super().to_python(value).split())

    def validate(self, value):
        super().validate(value)
        if value and not rules.folded_name(value):  # an accent or a dot is no name
            raise forms.ValidationError(self.error_messages["required"])
        if signs := rules.strange_signs(value):
            raise forms.ValidationError(
                self.error_messages["strange"],
                code="strange",
                params={"signs": " ".join(map(shown, signs))},
            )
        for word in rules.mixed_words(value):
            raise forms.ValidationError(
                self.error_messages["mixed"], code="mixed", params={"word": word}
            )
        if rules.overloaded_letters(value):
            raise forms.ValidationError(self.error_messages["marks"], code="marks")


def say_other_words(form: forms.Form, cleaned: dict) -> None:
    """Refuse a name to sort by that is not the legal name: lists show it alone."""
    legal, sort = cleaned.get("legal_name"), cleaned.get("sort_name")
    if legal and sort and rules.folded_name(sort) != rules.folded_name(legal):
        form.add_error(
            "sort_name",
            _(
                "The name to sort by has the words of the name on the certificate, in "
                "any order."
            ),
        )


class SortNameField(NameField):
    """The same name as it stands in a list: the comma is welcome."""

    def validate(self, value):
        super().validate(value.replace(",", "", 1))
