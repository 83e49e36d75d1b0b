"""The ten blocks a lesson is written with (UX.md §8); no raw HTML, no embeds."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.drawing_block import DrawingBlock
from courses.helps import HelpedBlock

RICH = ["bold", "italic", "ol", "ul", "h3", "link"]
TEACH, SHOW, LEARN = _("Text"), _("Media"), _("Learning")


class Topic(models.TextChoices):
    """What a country note can be about; "In your country" boxes name one."""

    MEANS = "means-and-penalties", _("Means and penalties")
    REPORTING = "duty-to-report", _("Duty to report")
    PROTECTION = "child-protection", _("Child protection authority")
    VICTIMS = "victim-rules", _("Rules that protect the victim")
    COORDINATION = "coordination", _("National coordination")
    CONTACTS = "contacts", _("Telephone lines and contacts")


def source_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Source"),
        help_text=_("Instrument and article, or document and year."),
    )


def heading_block() -> blocks.CharBlock:
    return blocks.CharBlock(required=False, max_length=120, label=_("Heading"))


def instead_block() -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        required=False,
        features=RICH,
        label=_("Instead of the text"),
        help_text=_(
            "If the text describes harm: what a reader who prefers a version without "
            "descriptions reads in its place. It must teach the same."
        ),
    )


class TextBlock(HelpedBlock):
    """Running text with its source line."""

    heading = heading_block()
    body = blocks.RichTextBlock(features=RICH, label=_("Text"))
    instead = instead_block()
    source = source_block()

    class Meta:
        label = _("Text")
        group = TEACH
        icon = "pilcrow"
        description = _("Paragraphs and lists, with the source of what they say.")
        template = "courses/blocks/text.html"


class NoteBlock(HelpedBlock):
    """A passage set apart: attention, an example, a mistake, a key idea."""

    tone = blocks.ChoiceBlock(
        choices=[
            ("attention", _("Attention")),
            ("example", _("Example")),
            ("mistake", _("A mistake that looks right")),
            ("key", _("Key idea")),
        ],
        default="attention",
        label=_("Tone"),
    )
    heading = heading_block()
    body = blocks.RichTextBlock(features=RICH, label=_("Text"))
    instead = instead_block()
    source = source_block()

    class Meta:
        label = _("Note")
        group = TEACH
        icon = "warning"
        description = _("A passage set apart from the text.")
        template = "courses/blocks/note.html"


class StepBlock(HelpedBlock):
    """One step of a sequence."""

    heading = blocks.CharBlock(max_length=120, label=_("Step"))
    text = blocks.TextBlock(label=_("Text"))


class StepsBlock(HelpedBlock):
    """Steps in order; also for diagrams with words."""

    heading = heading_block()
    items = blocks.ListBlock(StepBlock(), label=_("Steps"))
    source = source_block()

    class Meta:
        label = _("Steps")
        group = TEACH
        icon = "list-ol"
        description = _("What comes first, second, third.")
        template = "courses/blocks/steps.html"


class CellBlock(HelpedBlock):
    """One cell of a table."""

    text = blocks.CharBlock(required=False, max_length=400, label=_("Text"))


class RowBlock(HelpedBlock):
    """One row of a table."""

    cells = blocks.ListBlock(CellBlock(), label=_("Cells"))


class TableBlock(HelpedBlock):
    """A simple table with a caption and one row of headings."""

    caption = blocks.CharBlock(max_length=200, label=_("Caption"))
    header = blocks.ListBlock(CellBlock(), label=_("Headings"))
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))
    source = source_block()

    class Meta:
        label = _("Simple table")
        group = TEACH
        icon = "table"
        description = _("Contrasts in rows and columns.")
        template = "courses/blocks/table.html"


class ImageBlock(HelpedBlock):
    """A picture with its text alternative."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Text alternative"),
        help_text=_("What the picture says. Empty only if it is decoration."),
    )
    decorative = blocks.BooleanBlock(required=False, label=_("Decoration only"))
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))
    source = source_block()

    class Meta:
        label = _("Picture")
        group = SHOW
        icon = "image"
        description = _("A picture that teaches; never one that shows violence.")
        template = "courses/blocks/image.html"

    def clean(self, value):
        """Refuse a picture that has neither an alternative nor the word decoration.

        A draft may still lack it, or autosave would keep nothing of the page.
        """
        cleaned = super().clean(value)
        is_told = cleaned["alt"] or cleaned["decorative"]
        if not is_told and not self.is_deferred_validation:
            raise StructBlockValidationError(
                block_errors={
                    "alt": ValidationError(
                        _("Say what the picture shows, or mark it as decoration.")
                    )
                }
            )
        return cleaned


class MediaBlock(HelpedBlock):
    """A video or audio file of our own, with its transcript."""

    file = DocumentChooserBlock(
        label=_("Video or audio file"),
        help_text=_("MP4, WebM, MP3 or M4A, of 10 MB at most."),
    )
    kind = blocks.ChoiceBlock(
        choices=[("video", _("Video")), ("audio", _("Audio"))],
        default="video",
        label=_("Kind"),
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    captions = DocumentChooserBlock(
        required=False,
        label=_("Captions"),
        help_text=_("A WebVTT file (.vtt) in the language of the page."),
    )
    transcript = blocks.RichTextBlock(features=RICH, label=_("Transcript"))
    source = source_block()

    class Meta:
        label = _("Video or audio")
        group = SHOW
        icon = "media"
        description = _("A recording kept on this server; it never starts by itself.")
        template = "courses/blocks/media.html"


class DocumentBlock(HelpedBlock):
    """A file to take along; its size is shown first."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    source = source_block()

    class Meta:
        label = _("Document")
        group = SHOW
        icon = "doc-full"
        description = _("A file to download, with its size.")
        template = "courses/blocks/document.html"


class OptionBlock(HelpedBlock):
    """One answer of a self-check, with what to say to whoever chooses it."""

    text = blocks.CharBlock(max_length=255, label=_("Answer"))
    correct = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.TextBlock(label=_("Feedback"))


class CheckBlock(HelpedBlock):
    """A self-check: one question, one right answer, nothing is graded."""

    question = blocks.TextBlock(label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=6, label=_("Answers"))
    source = source_block()

    class Meta:
        label = _("Check what you learned")
        group = LEARN
        icon = "help"
        description = _("One question in the lesson. It is not graded.")
        template = "courses/blocks/check.html"

    def clean(self, value):
        """Refuse a self-check without exactly one right answer; not in a draft."""
        cleaned = super().clean(value)
        right = sum(option["correct"] for option in cleaned["options"])
        if right != 1 and not self.is_deferred_validation:
            raise StructBlockValidationError(
                non_block_errors=[
                    ValidationError(_("Mark exactly one answer as right."))
                ]
            )
        return cleaned


class CountryBlock(HelpedBlock):
    """ "In your country": the reader sees their own country's note."""

    topic = blocks.ChoiceBlock(choices=Topic.choices, label=_("Topic"))
    heading = heading_block()
    intro = blocks.TextBlock(required=False, label=_("Introduction"))

    class Meta:
        label = _("In your country")
        group = LEARN
        icon = "globe"
        description = _("Shows the note of the reader's country on a topic.")
        template = "courses/blocks/country.html"


class LessonBlocks(blocks.StreamBlock):
    """Everything a lesson may hold."""

    text = TextBlock()
    note = NoteBlock()
    steps = StepsBlock()
    table = TableBlock()
    image = ImageBlock()
    drawing = DrawingBlock()
    media = MediaBlock()
    document = DocumentBlock()
    check = CheckBlock()
    country = CountryBlock()


class PointsBlock(blocks.StreamBlock):
    """Short points: learning outcomes, objectives."""

    point = blocks.CharBlock(max_length=255, label=_("Point"))
