"""What a ministry gives and asks: a roster, which posts to list, whom to name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.coverage.columns import POSTS
from certificates.coverage.rules import State
from certificates.coverage.words import STATES, sentence
from certificates.models import Place
from lms.people.models import Institution
from lms.team.roster.forms import ListForm

GAPS = "gaps"  # nobody certified, whether somebody is named or not


class RosterForm(ListForm):
    """A roster of duty posts; cleaned, it is a `Reading`."""

    layout = POSTS
    say = staticmethod(sentence)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        files, rows = self.fields["files"], self.fields["rows"]
        files.label = _("File with the roster")
        files.help_text = _("XLSX or CSV, up to 5 MB and 5,000 posts.")
        rows.help_text = _("As you copy them from a spreadsheet, with their headings.")


class CoverageForm(forms.Form):
    """Which posts to list; asked by GET."""

    institution = forms.ModelChoiceField(Institution.objects.none(), required=False)
    place = forms.ChoiceField(choices=[("", _("Any")), *Place.choices], required=False)
    state = forms.ChoiceField(
        choices=[
            ("", _("Any")),
            (GAPS, _("Without a certified person")),
            *[(state.value, STATES[state]) for state in reversed(State)],
        ],
        required=False,
    )

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions


class FindForm(forms.Form):
    """Words of the name of whoever is to be named for a post; asked by GET."""

    q = forms.CharField(required=False, max_length=100)


class NameForm(forms.Form):
    """Who is named for a post: one of the people who were found."""

    person = forms.UUIDField(
        error_messages={
            "required": _("Choose the person to be named."),
            "invalid": _("Choose one of the people in the list."),
        }
    )
