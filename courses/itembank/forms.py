"""What of a question is no text of it: its tags, and which objective it asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.itembank.facts import Places
from courses.itembank.rules import (
    LONGEST_TAG,
    MOST_TAGS,
    refusals_of_tags,
    tags_in,
)
from courses.lines.rules import objective_key
from courses.models import Question

SENTENCES = {
    "too-many-tags": _("A question has up to %(most)d tags."),
    "long-tag": _("A tag has up to %(longest)d letters. Put commas between tags."),
}


def sentence_of(reason: str) -> str:
    """Return why tags are refused, as a sentence."""
    return SENTENCES[reason] % {"most": MOST_TAGS, "longest": LONGEST_TAG}


class TagsField(forms.CharField):
    """Tags with commas between them; cleaned, a list."""

    def clean(self, value):
        """Return the tags; refuse too many, and one that is too long."""
        words = tags_in(super().clean(value))
        if reasons := refusals_of_tags(words):
            raise forms.ValidationError([sentence_of(one) for one in reasons])
        return words


def place_fields(question: Question, places: Places) -> dict[str, forms.Field]:
    """Return the form fields for tags and, within its lesson, for the objective."""
    words = question.tags.values_list("word", flat=True)
    fields: dict[str, forms.Field] = {
        "tags": TagsField(
            label=_("Tags"), required=False, max_length=500, initial=", ".join(words)
        )
    }
    if choices := _objectives(question, places):
        fields["objective"] = forms.TypedChoiceField(
            label=_("Objective of the lesson"),
            choices=[("", "---------"), *choices],
            coerce=int,
            empty_value=None,
            required=False,
            initial=question.objective or "",
        )
    return fields


def _objectives(question: Question, places: Places) -> list[tuple[str, str]]:
    found, number = [], 1
    while text := places.titles.get(objective_key(question.lesson, number)):
        found.append((str(number), text))
        number += 1
    return found
