"""What a page of reasons is written in, and what its reader marks."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.reasoning import rules
from courses.reasoning.words import Line

LONGEST_COMMENT = 2_000
LONGEST_REASON = 600


class TextOfReasons(forms.CharField):
    """A draft may be empty; what is handed in may not."""

    sometimes_needed = True


class ReasonsForm(forms.Form):
    """The page. How long it may be is a rule of handing in, not of a draft."""

    text = TextOfReasons(
        label=_("Your reasons"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class AgainForm(forms.Form):
    """Why somebody else should mark a page."""

    reason = forms.CharField(
        label=_("Why should somebody else mark it?"),
        help_text=_("Whoever marks it again does not read this before they have."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MarkForm(forms.Form):
    """A level for each line of the rubric, and a comment."""

    def __init__(self, *args, lines: Sequence[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"level-{line.key}"] = forms.TypedChoiceField(
                label=line.name,
                coerce=lambda level: rules.Level(int(level)),
                choices=[
                    (int(level), f"{name}: {text}") for level, name, text in line.levels
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose a level for every line."),
                    "invalid_choice": _("Choose one of the levels in the list."),
                },
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment for whoever wrote it"),
            help_text=_("What is well reasoned, and what would make it better."),
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 6}),
        )

    @property
    def levels(self) -> dict[str, int]:
        """Return what was marked; ask after `is_valid`."""
        return {
            line.key: int(self.cleaned_data[f"level-{line.key}"]) for line in self.lines
        }
