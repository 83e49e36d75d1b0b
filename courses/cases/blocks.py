"""What an editor may put into a case: steps with their options, and the debrief.

Numbers, roles and scores are choices, so that they are the same in every language.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import Topic, heading_block, source_block
from courses.cases.rules import END, HIGHEST
from courses.helps import HelpedBlock
from lms.people.choices import Track

NUMBERS = [(str(number), str(number)) for number in range(1, 13)]


def _score(label) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        min_value=0, max_value=HIGHEST, default=0, required=False, label=label
    )


def _topic(help_text) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        choices=Topic.choices, required=False, label=_("Topic"), help_text=help_text
    )


class PaperBlock(HelpedBlock):
    """A paper of the file, which the reader may open."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        label = _("Document")


class DecisionBlock(HelpedBlock):
    """One thing that can be decided at a step, and what follows."""

    text = blocks.TextBlock(label=_("What is decided"))
    roles = blocks.MultipleChoiceBlock(
        choices=Track.choices,
        required=False,
        label=_("Only for these roles"),
        help_text=_("None: every role may decide it."),
    )
    consequence = blocks.TextBlock(label=_("What follows"))
    next = blocks.ChoiceBlock(
        choices=[*NUMBERS, (END, _("The case ends"))], label=_("Goes on at step")
    )
    safety = _score(_("Safety"))
    legality = _score(_("Legality"))
    dignity = _score(_("Dignity"))
    evidence = _score(_("Evidence"))
    coordination = _score(_("Coordination"))
    critical = blocks.BooleanBlock(
        required=False,
        label=_("Critical error"),
        help_text=_("Fails the case whatever the score. Say which harm it does."),
    )
    harm = blocks.TextBlock(required=False, label=_("Which harm it causes"))
    norm = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Norm"),
        help_text=_("Instrument and article, or document and year."),
    )

    class Meta:
        label = _("Option")


class CaseStepBlock(HelpedBlock):
    """A moment of the case in which something has to be decided."""

    number = blocks.ChoiceBlock(choices=NUMBERS, label=_("Step number"))
    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    facts = blocks.TextBlock(
        label=_("Facts"), help_text=_("What is known at this moment.")
    )
    instead = blocks.TextBlock(
        required=False,
        label=_("Instead of the facts"),
        help_text=_(
            "A summary without descriptions, for who prefers it. It must be enough to "
            "decide."
        ),
    )
    papers = blocks.ListBlock(PaperBlock(), default=[], label=_("Documents"))
    topic = _topic(
        _("The note of the reader’s country on it can be opened before deciding.")
    )
    options = blocks.ListBlock(
        DecisionBlock(), min_num=2, max_num=6, label=_("Options")
    )
    must_write = blocks.BooleanBlock(
        required=False, label=_("The reasons must be written")
    )
    last_for = blocks.MultipleChoiceBlock(
        choices=Track.choices,
        required=False,
        label=_("The case ends here for these roles"),
    )

    class Meta:
        label = _("Step")
        icon = "list-ol"
        description = _("Facts, documents, and two to six options.")


class LessonLearnedBlock(HelpedBlock):
    """A point of the debrief."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))
    source = source_block()

    class Meta:
        label = _("Debrief")
        icon = "pilcrow"
        description = _("What the case teaches, shown at its end.")


class LawBlock(HelpedBlock):
    """A note on national law: the standard, and where laws differ.

    What a country says stands in its note alone, so that one text is kept.
    """

    heading = heading_block()
    standard = blocks.TextBlock(label=_("Sound everywhere as a standard"))
    differs = blocks.TextBlock(label=_("Where national law differs"))
    topic = _topic(_("The note of the reader’s country on it is shown below."))
    source = source_block()

    class Meta:
        label = _("National law")
        icon = "globe"
        description = _("The reader sees the note of their country, if there is one.")


class CaseBlocks(blocks.StreamBlock):
    """Everything a case may hold."""

    step = CaseStepBlock()
    debrief = LessonLearnedBlock()
    law = LawBlock()
