"""Every text that an editor fills in, with the place where it stands, to be read there.

Places are in the language of who asks. What is chosen from a list is no text, nor is
an address.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from courses.models.country_notes import CountryNote
from courses.models.glossary import GlossaryTerm
from courses.models.reasoning import ReasoningTask
from courses.translating import ADDRESS
from courses.words.rules import Passage


def passages_of(page: Page) -> list[Passage]:
    """Return the texts of a page of any kind, field by field and block by block."""
    found: list[Passage] = []
    for one in get_translatable_fields(type(page)):
        if not isinstance(one, TranslatableField) or one.field_name == ADDRESS:
            continue
        field, value = one.get_field(type(page)), getattr(page, one.field_name)
        if isinstance(field, StreamField):
            found += _of_stream(value)
        elif isinstance(value, str):
            found.append(Passage(capfirst(str(field.verbose_name)), value))
    return found


def _of_stream(stream: blocks.StreamValue) -> Iterator[Passage]:
    for number, child in enumerate(stream, start=1):
        named = {"place": number, "kind": child.block.label}
        for passage in _of_block(child.block, child.value, ""):
            inside = passage.place or child.block.label
            place = _("Block %(place)d (%(kind)s): %(what)s") % {
                **named,
                "what": inside,
            }
            yield Passage(place, passage.text, passage.is_html)


def _of_block(block: blocks.Block, value: Any, place: str) -> Iterator[Passage]:
    match block:
        case blocks.StructBlock():
            # What was written before a part existed lacks it.
            for name in (one for one in block.child_blocks if one in value):
                child = block.child_blocks[name]
                yield from _of_block(child, value[name], _inside(place, child.label))
        case blocks.ListBlock():
            for number, item in enumerate(value, start=1):
                yield from _of_block(block.child_block, item, f"{place} {number}")
        case blocks.RichTextBlock():
            yield Passage(place, value.source if value else "", is_html=True)
        case blocks.CharBlock() | blocks.TextBlock():
            yield Passage(place, value or "")


def _inside(place: str, label: Any) -> str:
    return f"{place}, {label}" if place else str(label)


def passages_of_question(document: dict[str, Any], language: str) -> list[Passage]:
    """Return the texts of a question in a language."""
    options = document["options"]
    if isinstance(options, dict):
        options = [one for side in options.values() for one in side]
    answers = [
        Passage(f"{_('Answer')} {number}", one.get(language, ""))
        for number, one in enumerate(options, start=1)
    ]
    alt = document.get("picture", {}).get("alt", {})
    return [
        Passage(_("Question"), document["stem"][language]),
        Passage(_("Picture, in words"), alt.get(language, "")),
        *answers,
        Passage(_("Feedback"), document["feedback"][language]),
        Passage(_("Source"), document["source"][language]),
    ]


def passages_of_note(note: CountryNote, language: str) -> list[Passage]:
    """Return the texts of a country note in a language."""
    return [
        Passage(_("Title"), note.titles.get(language, "")),
        Passage(_("Text"), note.texts.get(language, ""), is_html=True),
        *[Passage(_("Sources"), one.get(language, "")) for one in note.sources],
        Passage(_("Owner"), note.owners.get(language, "")),
    ]


def passages_of_term(term: GlossaryTerm, language: str) -> list[Passage]:
    """Return the texts of a term; what it says not to say is there to be named."""
    said = {
        _("Term"): term.names,
        _("Definition"): term.definitions,
        _("Source"): term.sources,
        _("Because"): term.whys,
    }
    return [
        *[Passage(place, texts.get(language, "")) for place, texts in said.items()],
        *[Passage(_("Words in lessons"), one) for one in term.words.get(language, [])],
        Passage(_("Instead of"), term.avoid.get(language, ""), discussed=True),
    ]


def passages_of_task(task: ReasoningTask, language: str) -> list[Passage]:
    """Return the texts of what a course asks reasons for, its rubric line by line."""
    document = task.document
    said = [
        (_("Title"), document["titles"]),
        (_("What is asked"), document["briefs"]),
        *[
            (place, line[name])
            for line in document["lines"]
            for place, name in (
                (_("What is looked for"), "names"),
                (_("Good"), "good"),
                (_("Sufficient"), "sufficient"),
                (pgettext("level", "Missing"), "missing"),
            )
        ],
    ]
    return [Passage(place, texts.get(language, "")) for place, texts in said]
