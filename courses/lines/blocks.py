"""A line of a draw as an editor writes it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from courses.helps import HelpedBlock
from courses.lines.rules import objective_key

MOST = 100
SOURCE = settings.LANGUAGE_CODE
NONE = ("", "---------")
ELSEWHERE = _("Choose an objective of that lesson, or leave the place empty.")


class Level(models.TextChoices):
    """What a question declares that it asks of whoever answers."""

    REMEMBER = "remember", _("Remember")
    UNDERSTAND = "understand", _("Understand")
    APPLY = "apply", _("Apply")
    ANALYZE = "analyze", _("Analyze")


def _lessons() -> models.QuerySet:
    return apps.get_model("courses", "LessonPage").objects


def _page_of(lesson: str) -> Page:
    """Return the page of a lesson in the language in which lessons are written."""
    pages = _lessons().filter(translation_key=lesson).select_related("locale")
    first = min(pages, key=lambda page: page.locale.language_code != SOURCE)
    return first.page_ptr  # as a chooser has it


def _objectives() -> list[tuple[str, Any]]:
    """Return the objectives of all lessons, by lesson, in the words of the reader."""
    pages = _lessons().order_by("path").select_related("locale")
    mine = get_language()
    said = {
        page.translation_key: page
        for page in sorted(pages, key=lambda page: page.locale.language_code == mine)
    }
    return [
        NONE,
        *((page.title, list(_choices_of(page))) for page in said.values()),
    ]


def _choices_of(page: Page) -> Iterator[tuple[str, str]]:
    for number, point in enumerate(page.objectives, start=1):
        yield objective_key(page.translation_key, number), point.value


class ObjectiveBlock(blocks.IntegerBlock):
    """An objective, chosen by its words; kept as its number in the lesson of the line.

    While it is chosen its value is its lesson and its number.
    """

    def __init__(self, *args, required=True, **kwargs):
        super().__init__(*args, required=required, **kwargs)
        self.field = forms.ChoiceField(
            choices=_objectives,
            required=required,
            error_messages={"invalid_choice": ELSEWHERE},
        )

    def deconstruct(self):
        """How it is chosen is nothing that a migration needs to know."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.IntegerBlock", args, kwargs


class DrawLineBlock(HelpedBlock):
    """So many questions that have this in common."""

    count = blocks.IntegerBlock(min_value=1, max_value=MOST, label=_("Questions"))
    place = blocks.PageChooserBlock(
        page_type=["courses.ModulePage", "courses.LessonPage"],
        required=False,
        label=_("From the module or lesson"),
    )
    objective = ObjectiveBlock(
        min_value=1, required=False, label=_("Objective of the lesson")
    )
    level = blocks.ChoiceBlock(
        choices=Level.choices, required=False, label=_("Declared difficulty")
    )
    tag = blocks.CharBlock(max_length=40, required=False, label=_("Tag"))

    class Meta:
        label = _("Line")

    def get_form_state(self, value):
        return super().get_form_state(_as_chosen(value))

    def clean(self, value):
        """Refuse an objective of another place; alone it brings its lesson along."""
        cleaned = super().clean(_as_chosen(value))
        if not cleaned["objective"]:
            return cleaned
        lesson, number = cleaned["objective"].split(":")
        place = cleaned["place"] or _page_of(lesson)
        if str(place.translation_key) != lesson:
            raise StructBlockValidationError({"objective": ValidationError(ELSEWHERE)})
        cleaned["place"], cleaned["objective"] = place, int(number)
        return cleaned


def _as_chosen(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line with its objective named by the lesson, as it is chosen."""
    place, objective = line["place"], line["objective"]
    if isinstance(objective, int):
        objective = f"{place.translation_key if place else ''}:{objective}"
    return {**line, "objective": objective}


class DrawBlocks(blocks.StreamBlock):
    """The lines of a draw, in the order in which they choose."""

    line = DrawLineBlock()

    class Meta:
        max_num = 20
