"""What a trainer chooses for a membership rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text
from lms.people.choices import Track
from lms.people.models import Institution


class RuleForm(forms.Form):
    """People of which institution, of which profession, or both."""

    institution = forms.ChoiceField(
        label=_("Institution"),
        required=False,
        help_text=_("Those below it belong to it."),
        error_messages={
            "invalid_choice": _("Choose one of the institutions in the list."),
        },
    )
    track = forms.ChoiceField(
        label=_("Profession"),
        required=False,
        choices=[("", _("Any profession")), *Track.choices],
        error_messages={
            "invalid_choice": _("Choose one of the professions in the list."),
        },
    )

    def __init__(self, *args, country: str, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Institution.objects.in_country(country)
        self.listed = {str(row.pk): row for row in rows}
        names = sorted(
            ((key, str(row)) for key, row in self.listed.items()),
            key=lambda choice: folded_text(choice[1]),
        )
        self.fields["institution"].choices = [
            ("", _("Any institution of the country")),
            *names,
        ]

    def clean(self):
        """Say the institution as the action takes it; refuse a rule for everybody."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error(
                "institution", _("Choose an institution, a profession, or both.")
            )
        cleaned["institution"] = self.listed.get(cleaned.get("institution"))
        return cleaned
