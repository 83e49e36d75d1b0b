"""What differs between two revisions of a page, field by field and block by block.

What is said of it is in the language of who asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from re import compile as pattern
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields

from courses.comparing.rules import (
    How,
    Piece,
    differ,
    moved,
    pairs,
    replaced,
    words_changed,
)
from courses.translating import ADDRESS

NAMES = ("heading", "caption", "title", "question")
WRITTEN = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
TAG = pattern(r"<[^>]*>")
BLOCK_KEY = pattern(r' data-block-key="[^"]*"')
SAID = {
    How.ADDED: gettext_lazy("added"),
    How.REMOVED: gettext_lazy("removed"),
    How.REWRITTEN: gettext_lazy("rewritten"),
    How.MOVED: gettext_lazy("moved"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that differs: where it stands in its part, and its words."""

    place: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """A field or a block that differs, and in which passages."""

    how: How
    where: str
    passages: list[Passage]

    @property
    def in_words(self) -> str:
        """What became of it: "Block 2 (Text), “The rule”: rewritten"."""
        return f"{self.where}: {SAID[self.how]}"


def changes_between(before: Page, after: Page) -> list[Change]:
    """Return what differs in the texts of a page, in its order."""
    found: list[Change] = []
    for one in get_translatable_fields(type(after)):
        if one.field_name == ADDRESS:
            continue
        field = one.get_field(type(after))
        old, new = (getattr(page, one.field_name) for page in (before, after))
        found += changes_of(field, old, new)
    return found


def changes_of(field: Any, old: Any, new: Any) -> list[Change]:
    """Return what differs between two values of a field."""
    if isinstance(field, StreamField):
        return list(_blocks(old, new))
    pieces = words_changed(_plain(old), _plain(new))
    if not differ(pieces):
        return []
    where = capfirst(str(field.verbose_name))
    return [Change(How.REWRITTEN, where, [Passage("", pieces)])]


def _blocks(old: blocks.StreamValue, new: blocks.StreamValue) -> Iterator[Change]:
    before, after = list(old), list(new)
    found = pairs([one.id for one in before], [one.id for one in after])
    elsewhere = moved(found)
    for was, now in found:
        how = How.REMOVED if now is None else How.ADDED if was is None else None
        shown, place = (before[was], was) if now is None else (after[now], now)
        passages = list(
            _passages(
                shown.block,
                None if was is None else before[was].value,
                None if now is None else after[now].value,
            )
        )
        if how is None and passages:
            how = How.REWRITTEN
        elif how is None and was in elsewhere:
            how = How.MOVED
        if how:
            yield Change(how, _named(shown, place + 1), passages)


def _named(block: Any, place: int) -> str:
    named = {"place": place, "kind": block.block.label}
    where = _("Block %(place)d (%(kind)s)") % named
    texts = (block.value.get(name) for name in NAMES if hasattr(block.value, "get"))
    name = next((text for text in texts if text), "")
    return f"{where}, “{name}”" if name else where


def _passages(
    block: blocks.Block, old: Any, new: Any, place: str = ""
) -> Iterator[Passage]:
    match block:
        case blocks.StructBlock():
            for name, child in block.child_blocks.items():
                values = (one[name] if one is not None else None for one in (old, new))
                yield from _passages(child, *values, _inside(place, child.label))
        case blocks.ListBlock():
            before, after = (
                list(one.bound_blocks) if one is not None else [] for one in (old, new)
            )
            found = pairs([one.id for one in before], [one.id for one in after])
            for number, (was, now) in enumerate(found, start=1):
                yield from _passages(
                    block.child_block,
                    None if was is None else before[was].value,
                    None if now is None else after[now].value,
                    f"{place} {number}",
                )
        case _:
            is_written = isinstance(block, WRITTEN)
            compare = words_changed if is_written else replaced
            pieces = compare(*(_said(block, one) for one in (old, new)))
            if differ(pieces):
                yield Passage(place, pieces)
            elif _marks(block, old) != _marks(block, new):
                only = _("Only its links or its emphasis differ.")
                yield Passage(place, [Piece(How.SAME, only)])


def _inside(place: str, label: Any) -> str:
    return f"{place}, {label}" if place else str(label)


def _said(block: blocks.Block, value: Any) -> str:
    """Return what a value says to who reads: of a choice, its name."""
    match block:
        case blocks.RichTextBlock():
            return unescape(TAG.sub(" ", value.source)) if value else ""
        case blocks.BooleanBlock():
            return _("Yes") if value else ""
        case blocks.ChoiceBlock() | blocks.MultipleChoiceBlock():
            chosen = value if isinstance(value, list) else [value]
            named = dict(block.field.choices)
            return ", ".join(str(named.get(one, one)) for one in chosen if one)
        case _:
            return _plain(value)


def _marks(block: blocks.Block, value: Any) -> str:
    """Return a text with its links and its emphasis, if it can have any."""
    is_rich = isinstance(block, blocks.RichTextBlock) and value
    return BLOCK_KEY.sub("", value.source) if is_rich else ""


def _plain(value: Any) -> str:
    """Return a value as words; of two files with one name, the number tells."""
    if isinstance(value, Model):
        return f"{value} ({value.pk})"
    return "" if value is None else str(value)
