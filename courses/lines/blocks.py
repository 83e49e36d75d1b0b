"""A line of a draw as an editor writes it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.helps import HelpedBlock

MOST = 100


class Level(models.TextChoices):
    """What a question declares that it asks of whoever answers."""

    REMEMBER = "remember", _("Remember")
    UNDERSTAND = "understand", _("Understand")
    APPLY = "apply", _("Apply")
    ANALYZE = "analyze", _("Analyze")


class DrawLineBlock(HelpedBlock):
    """So many questions that have this in common."""

    count = blocks.IntegerBlock(min_value=1, max_value=MOST, label=_("Questions"))
    place = blocks.PageChooserBlock(
        page_type=["courses.ModulePage", "courses.LessonPage"],
        required=False,
        label=_("From the module or lesson"),
    )
    objective = blocks.IntegerBlock(
        min_value=1, required=False, label=_("Objective of the lesson")
    )
    level = blocks.ChoiceBlock(
        choices=Level.choices, required=False, label=_("Declared difficulty")
    )
    tag = blocks.CharBlock(max_length=40, required=False, label=_("Tag"))

    class Meta:
        label = _("Line")

    def clean(self, value):
        """Refuse an objective of no lesson: each lesson counts its own."""
        cleaned = super().clean(value)
        lesson = getattr(cleaned["place"], "specific_class", None)
        if cleaned["objective"] and not hasattr(lesson, "objectives"):
            sentence = _("Choose the lesson whose objective it is.")
            raise StructBlockValidationError({"objective": ValidationError(sentence)})
        return cleaned


class DrawBlocks(blocks.StreamBlock):
    """The lines of a draw, in the order in which they choose."""

    line = DrawLineBlock()

    class Meta:
        max_num = 20
