"""What a note on a lesson is written in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.notes.rules import MOST_LETTERS


class NoteForm(forms.Form):
    """A text, a mark, or both; neither throws the note away."""

    text = forms.CharField(
        label=_("Your note"),
        help_text=_("Only you read it. Leave it empty to throw the note away."),
        required=False,
        max_length=MOST_LETTERS,
        error_messages={
            "max_length": _("Shorten the note to %(limit_value)d letters.")
        },
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    is_marked = forms.BooleanField(
        label=_("Mark this lesson, to find it again"), required=False
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")
