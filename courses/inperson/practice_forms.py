"""What a trainer marks of each item of a checklist, and signs."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Observation
from lms.mandates.forms import day_field

AGAIN = _("Open the page anew and sign again.")


class PracticeForm(forms.Form):
    """The day, and of each item what was observed, perhaps with a comment."""

    sheet = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": AGAIN, "invalid": AGAIN}
    )
    observed_on = day_field(_("Observed on"))

    def __init__(self, *args, checklist: Mapping[str, Any], language: str, **kwargs):
        super().__init__(*args, initial={"sheet": uuid4}, **kwargs)
        self.items = checklist["items"]
        for item in self.items:
            self.fields[f"mark-{item['key']}"] = forms.ChoiceField(
                label=item[language],
                help_text=f"{_('Source:')} {item['source'][language]}",
                choices=Observation.Mark.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Mark each item."),
                    "invalid_choice": _("Choose one of the marks in the list."),
                },
            )
            self.fields[f"comment-{item['key']}"] = forms.CharField(
                label=_("Comment"),
                max_length=255,
                required=False,
                error_messages={
                    "max_length": _("Shorten it to %(limit_value)d letters.")
                },
            )

    def _said(self, what: str) -> dict[str, str]:
        found = {i["key"]: self.cleaned_data[f"{what}-{i['key']}"] for i in self.items}
        return {key: value for key, value in found.items() if value}

    def facts(self) -> dict[str, Any]:
        """Return what was marked, as the action takes it; ask after `is_valid`."""
        return {
            "form": self.cleaned_data["sheet"],
            "on": self.cleaned_data["observed_on"],
            "marks": self._said("mark"),
            "comments": self._said("comment"),
        }
