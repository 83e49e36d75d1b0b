"""What each field of a page and of its blocks is for, said under it in the editor.

They stand here and not in the fields: there every change of a sentence would be a
migration.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import ChooserBlock

PAGES = {
    "coursepage": {
        "code": _("The short name of the course, the same in every language: TIP-1."),
        "summary": _("Two or three sentences that the catalogue shows."),
        "audience": _("For whom it was written, as the catalogue says it: judges."),
        "drawing": _("The drawing beside the title in the catalogue. None is needed."),
        "outcomes": _("What somebody can do after the course, one point for each."),
        "issuer": _("The institution that the certificate names as its issuer."),
        "authors": _("Who wrote the texts, as the page of the course says it."),
        "norms_on": _("The day on which the norms that the texts cite were in force."),
        "pass_mark": _("How much of the final test must be right to pass it: 80."),
        "attempts_allowed": _("How often it may be tried before a wait begins: 3."),
        "wait_days": _("How long whoever failed all attempts waits for new ones: 7."),
        "final_minutes": _(
            "Empty: no time limit. Otherwise 5 to 480 minutes from the start, by the "
            "clock of the server."
        ),
        "validity_months": _("After how many months a certificate is renewed: 24."),
    },
    "modulepage": {
        "summary": _("One or two sentences that stand under its title in the course."),
        "required_for": _("Whoever has one of these roles must do it."),
        "recommended_for": _("These roles are advised to do it, and need not."),
    },
    "lessonpage": {
        "summary": _("One sentence that lists and search results show."),
        "review_by": _("The specialist whose signature the lesson waits for."),
        "objectives": _("What the reader can do after it, one point for each."),
        "body": _("The lesson itself, block by block; fifteen minutes at most."),
    },
    "quizpage": {
        "summary": _("What the learner reads before beginning."),
        "purpose": _(
            "A pre-test and a final test stand in the course, practice below."
        ),
        "draws": _(
            "Line by line: how many questions from where. No line: the final test "
            "draws alike from all modules, practice asks everything."
        ),
    },
    "casepage": {
        "summary": _("What the learner reads before beginning."),
        "required_for": _("Whoever has one of these roles must do it."),
        "review_by": _("The specialist whose signature the case waits for."),
        "body": _("The steps by their numbers, then the debrief and the law."),
    },
}
_HEADING = _("A few words above the block. The reader may do without.")
_TEXT = _("What the reader reads. Short paragraphs, one idea in each.")
BLOCKS = {
    "TextBlock": {"heading": _HEADING, "body": _TEXT},
    "NoteBlock": {
        "tone": _("Which word stands above it, and its colour."),
        "heading": _HEADING,
        "body": _TEXT,
    },
    "StepBlock": {
        "heading": _("What is done, as a verb: Call the protection authority."),
        "text": _("How it is done, and what to mind."),
    },
    "StepsBlock": {
        "heading": _HEADING,
        "items": _("In the order in which they are done."),
    },
    "CellBlock": {"text": _("A few words or figures. It may be empty.")},
    "RowBlock": {"cells": _("As many as there are headings.")},
    "TableBlock": {
        "caption": _("What the table shows; also read aloud before it."),
        "header": _("One for each column."),
        "rows": _("Each with a cell for each heading."),
    },
    "ImageBlock": {
        "image": _("From the pictures of the platform, or a new one."),
        "decorative": _(
            "It says nothing that the text does not: it is not read aloud."
        ),
        "caption": _("What everybody reads below the picture."),
    },
    "DrawingBlock": {
        "drawing": _("By its title. The list of blocks shows all of them.")
    },
    "MediaBlock": {
        "kind": _("A video has a picture; an audio is only heard."),
        "title": _("What it is about; the reader sees it before it plays."),
        "transcript": _("Everything that is said, for who cannot hear or play it."),
    },
    "DocumentBlock": {
        "document": _("From the documents of the platform, or a new one."),
        "title": _("What the reader takes along: Interview checklist."),
    },
    "OptionBlock": {
        "text": _("One of the answers that the reader can choose."),
        "correct": _("Exactly one answer is right."),
        "feedback": _("Why it is right or not; whoever chooses it reads it."),
    },
    "CheckBlock": {
        "question": _("A situation and what is asked about it. It is not graded."),
        "options": _("Two to six, one of them right."),
    },
    "CountryBlock": {
        "topic": _("On which topic the note of the reader's country is shown."),
        "heading": _HEADING,
        "intro": _("What stands above the note, for readers of every country."),
    },
    "DrawLineBlock": {
        "count": _("How many questions this line draws."),
        "place": _("Empty: from all that the quiz asks about."),
        "objective": _("Alone it brings its lesson along. Empty: of any."),
        "level": _("Empty: easy ones and hard ones."),
        "tag": _("As it stands in the bank. Empty: with any tag, or with none."),
    },
    "PaperBlock": {
        "title": _("What the paper is: Police report."),
        "text": _("What stands in it, as the reader may open it."),
    },
    "DecisionBlock": {
        "text": _("What the reader can decide, in one sentence."),
        "consequence": _("What happens then; whoever decides it reads it."),
        "next": _("The step that follows, or the end of the case."),
        "safety": _("Points for keeping everybody safe."),
        "legality": _("Points for keeping to the law."),
        "dignity": _("Points for treating people with dignity."),
        "evidence": _("Points for keeping the evidence."),
        "coordination": _("Points for working with others."),
        "harm": _("For a critical error: whom it hurts, and how."),
    },
    "CaseStepBlock": {
        "number": _("Options lead to it by this number; the first is 1."),
        "heading": _("A few words: The first interview."),
        "papers": _("What the reader may open before deciding. None is needed."),
        "options": _("Two to six; each says what follows from it."),
        "must_write": _("The reader writes why, before seeing what follows."),
        "last_for": _("Readers of these roles go from here to the debrief."),
    },
    "LessonLearnedBlock": {
        "heading": _("The point in a few words."),
        "text": _("What the case teaches about it."),
    },
    "LawBlock": {
        "heading": _HEADING,
        "standard": _("What holds in every country, by which instrument."),
        "differs": _("On what a reader has to look at the law of their country."),
    },
}


# How many entries a list begins with, where one would be refused.
BEGIN_WITH = {
    "StepsBlock": ("items", 3),
    "RowBlock": ("cells", 2),
    "TableBlock": ("header", 2),
    "CheckBlock": ("options", 3),
    "CaseStepBlock": ("options", 2),
}


class HelpedBlock(blocks.StructBlock):
    """Says under each of its fields what the field is for; its lists are begun."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if begun := BEGIN_WITH.get(type(self).__name__):
            name, entries = begun
            block = self.child_blocks[name]
            block.meta.default = [block.child_block.get_default()] * entries
        for name, sentence in BLOCKS.get(type(self).__name__, {}).items():
            _say(self.child_blocks[name], sentence)


def _say(block: blocks.Block, sentence: str) -> None:
    """Set the help of a block; some have no field yet, for it asks for models."""
    if isinstance(block, ChooserBlock):
        block._help_text = sentence
    elif isinstance(block, blocks.RichTextBlock | blocks.TextBlock):
        block.field_options["help_text"] = sentence
    elif isinstance(block, blocks.FieldBlock):
        block.field.help_text = sentence
    else:
        block.meta.help_text = sentence


def help_for(page) -> dict[str, str]:
    """Return what each field of a page is for."""
    return PAGES.get(page._meta.model_name, {})
