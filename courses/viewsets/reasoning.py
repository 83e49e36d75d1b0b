"""The written reasoning of a course as editors write it: a tab for each language."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import ReasoningTask
from courses.models.editions import in_language
from courses.reasoning.rules import LEAST_LINES, MOST_LINES
from courses.viewsets.helps import Helped
from courses.words.forms import HonestForm
from courses.words.views import WordsAreNamed

LANGUAGES = dict(settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
# Which part of the document each text of the form is a language of.
PARTS = {"title": "titles", "brief": "briefs"}
OF_A_LINE = {
    "name": "names",
    "good": "good",
    "sufficient": "sufficient",
    "missing": "missing",
}
LABELS = {
    "name": _("What is looked for"),
    "good": _("Good"),
    "sufficient": _("Sufficient"),
    "missing": pgettext_lazy("level", "Missing"),
}
LINE = _("Line {number} of the rubric")
LINE_IF_ANY = _("Line {number} of the rubric, if there is one")
PLACES = range(1, MOST_LINES + 1)


def fields_of(language: str) -> dict[str, forms.Field]:
    """Return the form fields that hold one language of a task."""
    return {
        f"title_{language}": forms.CharField(label=_("Title"), max_length=120),
        f"brief_{language}": forms.CharField(
            label=_("What is asked"),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 12, "lang": language}),
        ),
        **{
            name: field
            for place in PLACES
            for name, field in fields_of_line(place, language).items()
        },
    }


def fields_of_line(place: int, language: str) -> dict[str, forms.Field]:
    return {
        f"{part}_{place}_{language}": forms.CharField(
            label=label,
            max_length=400,
            required=place <= LEAST_LINES,
            widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
        )
        for part, label in LABELS.items()
    }


class TaskForm(Helped, HonestForm):
    """Reads the texts of every language into the task, and out of it.

    A line keeps its key; a line that nobody wrote anything of is none.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].disabled = self.instance.pk is not None
        document = self.instance.document or {}
        for language in LANGUAGES:
            for part, name in PARTS.items():
                self.initial[f"{part}_{language}"] = document.get(name, {}).get(
                    language, ""
                )
            for place, line in enumerate(document.get("lines", []), start=1):
                for part, name in OF_A_LINE.items():
                    field = f"{part}_{place}_{language}"
                    self.initial[field] = line[name].get(language, "")

    def clean(self):
        """Refuse a line that is written in part."""
        cleaned = super().clean()
        for place in PLACES[LEAST_LINES:]:
            names = [name for code in LANGUAGES for name in fields_of_line(place, code)]
            if any(cleaned.get(name) for name in names):
                for name in names:
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(
                            name, _now("Write the whole line in every language.")
                        )
        return cleaned

    def save(self, commit=True):
        self.instance.document = {
            **{name: self._said(part) for part, name in PARTS.items()},
            "lines": [line for place in PLACES if (line := self._line(place))],
        }
        return super().save(commit)

    def _said(self, part: str) -> dict[str, str]:
        said = {code: self.cleaned_data[f"{part}_{code}"] for code in LANGUAGES}
        return {code: text.replace("\r\n", "\n") for code, text in said.items()}

    def _line(self, place: int) -> dict[str, Any] | None:
        texts = {
            name: self._said(f"{part}_{place}") for part, name in OF_A_LINE.items()
        }
        if not texts["names"][SOURCE]:
            return None
        before = (self.instance.document or {}).get("lines", [])[place - 1 : place]
        return {"key": before[0]["key"] if before else uuid4().hex[:8], **texts}


ReasoningTaskForm = type(
    "ReasoningTaskForm",
    (TaskForm,),
    {
        "__module__": __name__,
        **{
            name: field
            for language in LANGUAGES
            for name, field in fields_of(language).items()
        },
    },
)


class TaskAdd(WordsAreNamed, CreateView):
    pass


class TaskEdit(WordsAreNamed, EditView):
    pass


def tab_of(language: str, name: str) -> ObjectList:
    lines = [
        MultiFieldPanel(
            [FieldPanel(field) for field in fields_of_line(place, language)],
            heading=format_lazy(
                LINE if place <= LEAST_LINES else LINE_IF_ANY, number=place
            ),
        )
        for place in PLACES
    ]
    texts = [FieldPanel(f"{part}_{language}") for part in PARTS]
    return ObjectList([*texts, *lines], heading=name)


class ReasoningTaskViewSet(ModelViewSet):
    model = ReasoningTask
    icon = "doc-full"
    add_view_class = TaskAdd
    edit_view_class = TaskEdit
    copy_view_enabled = False
    list_display = (
        Column(
            "title",
            label=_("Title"),
            accessor=lambda task: in_language(task.document["titles"], SOURCE),
        ),
        "course",
    )
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("course")], heading=_("Course")),
            *[tab_of(language, name) for language, name in LANGUAGES.items()],
        ],
        base_form_class=ReasoningTaskForm,
    )
