"""What a lesson says, ready to be shown: written once for all readers, then completed.

A part is plain data, so that it can be kept. What depends on the reader (the feedback
of a self-check, the note of a country) is added at each request and never kept.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StructValue
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from courses.addresses import url_of
from courses.blocks import Topic
from courses.glossary import Entry, entries_in
from courses.marking import Marker
from courses.models.country_notes import CountryNote
from courses.models.editions import in_language
from lms.people.choices import Country

SECONDS = 10
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
SHORT = 8  # characters that tell the checks of a lesson apart, and their options
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LessonText:
    """The rendered text of a revision, and when it was published.

    `mild`: the same without descriptions of harm. `terms` and `mild_terms`: the words
    of the glossary that each names, whose first mention is a link.
    """

    objectives: tuple[str, ...]
    parts: list[Part]
    mild: list[Part]
    terms: tuple[Entry, ...]
    mild_terms: tuple[Entry, ...]
    published_at: datetime | None

    def completed(self, parts: list[Part], *, mild: bool) -> "LessonText":
        """Return the text with the parts as one reader sees them, and their terms."""
        return replace(self, parts=parts, terms=self.mild_terms if mild else self.terms)


def text_from(page: Page, language: str) -> LessonText:
    """Render a lesson, whether it is live or a draft in a preview."""
    parts, entries = parts_of(page, language), entries_in(language)
    full, met = _with_links(parts, entries)
    mild, met_mildly = _with_links(without_descriptions(parts), entries)
    return LessonText(
        objectives=tuple(block.value for block in page.objectives),
        parts=full,
        mild=mild,
        terms=tuple(met.values()),
        mild_terms=tuple(met_mildly.values()),
        published_at=page.last_published_at,
    )


def without_keys(html: str) -> str:
    """Return a text without the names that the editor gives to its paragraphs."""
    return BLOCK_KEY.sub("", html)


def _with_links(
    parts: list[Part], entries: list[Entry]
) -> tuple[list[Part], dict[str, Entry]]:
    """Return the parts with a link at the first mention of each term, and the terms."""
    marker = Marker(entries)
    linked = [_marked(part, marker) if "html" in part else part for part in parts]
    return linked, marker.met


def _marked(part: Part, marker: Marker) -> Part:
    html = marker.marked(without_keys(part["html"]))
    return part | {"html": mark_safe(html)}  # noqa: S308 - drawn by our own templates


def parts_of(page: Page, language: str) -> list[Part]:
    """Return the parts of a lesson, equal for every reader."""
    parts = []
    for block in page.body:
        match block.block_type:
            case "check":
                parts.append(_check(block))
            case "country":
                parts.append({"kind": "country", **_texts(block.value)})
            case "drawing":
                place = page.url_path and url_of(page.url_path, language)
                context = {"language": language, "lesson_url": place}
                parts.append({"kind": "text", "html": block.render(context)})
            case _:
                parts.append({"kind": "text", "html": block.render()} | _instead(block))
    return parts


def _instead(block) -> Part:
    """Return the block once more as it reads without descriptions, if that differs."""
    text = block.value.get("instead")
    if not text:
        return {}
    value = StructValue(block.block, {**block.value, "body": text})
    return {"instead": block.block.render(value)}


def without_descriptions(parts: list[Part]) -> list[Part]:
    """Return the parts with what an editor wrote in place of descriptions of harm."""
    return [
        part | {"html": part["instead"]} if "instead" in part else part
        for part in parts
    ]


def _texts(value) -> Part:
    return {name: value[name] for name in ("topic", "heading", "intro")}


def _check(block) -> Part:
    return {
        "kind": "check",
        "id": str(block.id)[:SHORT],
        "question": block.value["question"],
        "source": block.value["source"],
        "options": [
            {
                "id": str(item.id)[:SHORT],
                **{name: item.value[name] for name in item.value},
            }
            for item in block.value["options"].bound_blocks
        ],
    }


def drawn(parts: list[Part], *, version: str) -> list[Part]:
    """Return the parts drawn and joined, as far as they are equal for every reader.

    A self-check that nobody has answered yet is; what names a country is not.
    """
    found: list[Part] = []
    for part in parts:
        if part["kind"] == "country":
            found.append(part)
            continue
        html = part.get("html") or render_to_string(
            "courses/blocks/check.html", {"value": part, "version": version}
        )
        if found and found[-1]["kind"] == "text":
            html = found.pop()["html"] + html
        found.append({"kind": "text", "html": html})
    return found


def answered(parts: list[Part], *, check: str, option: str) -> list[Part]:
    """Return the parts with feedback at the one self-check that was answered."""
    return [
        part | {"answered": True, "chosen": _option(part, option)}
        if check and part.get("id") == check[:SHORT]
        else part
        for part in parts
    ]


def _option(part: Part, key: str) -> dict[str, Any] | None:
    return next(
        (option for option in part["options"] if option["id"] == key[:SHORT]), None
    )


def in_country(
    parts: list[Part], *, country: str, language: str, on: date
) -> list[Part]:
    """Return the parts with the notes of the reader's country in their boxes."""
    if not country or all(part["kind"] != "country" for part in parts):
        return parts
    notes = notes_of(country, language, on=on)
    return [
        part | {"country": Country(country), "note": notes.get(part["topic"])}
        if part["kind"] == "country"
        else part
        for part in parts
    ]


def notes_of(country: str, language: str, *, on: date) -> dict[str, dict[str, Any]]:
    """Return topic → the country's note, as readers of `language` see it that day."""
    return caches["pages"].get_or_set(
        f"notes:{country}:{language}:{on}",
        lambda: {
            note.topic: {
                "title": note.title(language),
                "html": _html(note.text(language)),
                "sources": [in_language(source, language) for source in note.sources],
                "has_numbers": note.topic == Topic.CONTACTS,
                "checked_on": note.checked_on,
                "called_on": note.called_on,
                "owner": in_language(note.owners, language),
            }
            for note in CountryNote.objects.of_country(country).shown(on)
        },
        SECONDS,
    )


def _html(stored: str) -> SafeString:
    """Return a note's text as it is shown: links to pages lead where they now are."""
    html = without_keys(expand_db_html(stored))
    return mark_safe(html)  # noqa: S308 - the editor's own whitelist
