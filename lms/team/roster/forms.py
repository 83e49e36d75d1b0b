"""What a trainer gives us: a file, several of one package, or rows that they paste."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.team.roster.columns import PEOPLE
from lms.team.roster.findings import Unreadable
from lms.team.roster.reading import read, read_pasted
from lms.team.roster.words import sentence

NOT_BOTH = _("Choose a file or paste rows, not both.")


class Files(forms.ClearableFileInput):
    """A field to choose files with: more than one where one package is many files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    def __init__(self, **facts):
        super().__init__(widget=Files(), **facts)

    def clean(self, data, initial=None):
        """Return the files that arrived; an empty one is for the reader to refuse."""
        return [one for one in data or [] if one]


class PastedField(forms.CharField):
    """Rows as they are: a sign that no text has is for the reader to leave out."""

    def __init__(self, **facts):
        super().__init__(strip=False, **facts)
        self.validators = []


class ListForm(forms.Form):
    """A list of people; cleaned, it is a `Reading`. Other lists inherit from it."""

    layout = PEOPLE
    say = staticmethod(sentence)

    files = FilesField(
        label=_("File with the list"),
        help_text=_(
            "XLSX or CSV, up to 5 MB and 5,000 people. Of a OneRoster export, choose "
            "the ZIP or its files together. Moodle’s list of users is read too."
        ),
        required=False,
    )
    rows = PastedField(
        label=_("Or paste rows"),
        help_text=_("As you copy them from a spreadsheet, with their headings."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self):
        cleaned = super().clean()
        files, rows = cleaned.get("files"), cleaned.get("rows")
        if files and rows.strip():
            self.add_error("rows", NOT_BOTH)
            return cleaned
        if not files and not rows.strip("\0 \t\r\n"):
            self.add_error("files", _("Choose a file or paste rows."))
            return cleaned
        try:
            cleaned["reading"] = (
                read(files, self.layout) if files else read_pasted(rows, self.layout)
            )
        except Unreadable as error:
            self.add_error("files" if files else "rows", self.say(error.finding))
        return cleaned
