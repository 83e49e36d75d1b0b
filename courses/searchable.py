"""What a lesson is found by, and what of it a list of results may show.

The answers of a self-check are in neither: they are told to whoever answers it.
"""

from collections.abc import Iterator
from re import sub
from typing import Any

from courses.reading import texts_of
from lms.folding import folded_text

Block = dict[str, Any]


def folded_lesson(lesson) -> str:
    """Return every word of a lesson, folded, for the search index."""
    return folded_text(whole_text(lesson))


def whole_text(lesson) -> str:
    """Return every word of a lesson, as it is written."""
    texts = [lesson.title, lesson.summary, *_points(lesson)]
    for block in _blocks(lesson):
        texts += [*texts_of(block), *texts_of(block["value"].get("instead"))]
    return " ".join(texts)


def parts_of(lesson) -> tuple[str, ...]:
    """Return the folded texts of a lesson, those first that say what it is about.

    Its title, its headings, its summary and objectives, and then all of its words.
    """
    headings = [block["value"].get("heading", "") for block in _blocks(lesson)]
    about = [lesson.summary, *_points(lesson)]
    first = [[lesson.title], headings, about]
    return (*(folded_text(" ".join(texts)) for texts in first), folded_lesson(lesson))


def plain_lesson(lesson) -> str:
    """Return what a lesson says as one plain text, without descriptions of harm."""
    texts = [lesson.summary, *_points(lesson)]
    for block in _blocks(lesson):
        texts += texts_of(_calm(block))
    return joined(texts)


def joined(texts: list[str]) -> str:
    """Return the texts in one line, as it is read."""
    words = " · ".join(" ".join(text.split()) for text in texts if text.strip())
    return sub(r" (?=[.,;:)])", "", words)


def _points(lesson) -> list[str]:
    return [point.value for point in lesson.objectives]


def _blocks(lesson) -> Iterator[Block]:
    for block in lesson.body.get_prep_value():
        if block["type"] != "check":
            yield block


def _calm(block: Block) -> Block:
    """Return the block as it reads without descriptions, where an editor wrote that."""
    value = block["value"]
    if not value.get("instead"):
        return block
    return block | {"value": value | {"body": value["instead"]}}
