"""The block that shows a drawing of ours in a lesson, chosen from their list."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.helps import HelpedBlock
from courses.lesson_drawings import choices, lesson_drawing, names
from lms.people.choices import Language


class DrawingBlock(HelpedBlock):
    """A drawing of ours; its words come with it, in the language of the page."""

    # Asked anew each time: a further drawing is no migration.
    drawing = blocks.ChoiceBlock(choices=choices, label=_("Drawing"))

    class Meta:
        label = _("Drawing")
        group = _("Media")
        icon = "pick"
        description = _("A drawing of the platform, with its words and its sheet.")
        template = "courses/blocks/drawing.html"
        preview_template = "courses/blocks/drawing_preview.html"
        preview_value = {"drawing": ""}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        language = context.get("language") or get_language()
        return context | {"drawn": lesson_drawing(value["drawing"], language)}

    def get_preview_context(self, value, parent_context=None):
        """Show every drawing, to choose by the look of it."""
        shown = [lesson_drawing(name, get_language()) for name in names()]
        return {"drawings": [one for one in shown if one]}

    def clean(self, value):
        """Refuse a drawing that lacks its words in one language; not in a draft."""
        cleaned = super().clean(value)
        name = cleaned["drawing"]
        lacking = [one for one in Language if not lesson_drawing(name, one.value)]
        if name and lacking and not self.is_deferred_validation:
            sentence = _(
                "This drawing has no words in %(language)s. Choose another one."
            )
            error = ValidationError(sentence % {"language": lacking[0].in_a_sentence})
            raise StructBlockValidationError(block_errors={"drawing": error})
        return cleaned
