"""How a question and an answer to it read in a language."""

from functools import partial
from typing import Any

from courses.models.editions import in_language
from courses.questions.kinds import kind_of
from courses.questions.kinds.kind import Answer, Document


def text_of(texts: dict[str, str], language: str) -> str:
    """Return a text of a document: a stem, an option, feedback or a source."""
    return in_language(texts, language)


def key_lines_of(document: Document, correct: Any, language: str) -> list[str]:
    """Return a key as lines to read: that of the document, or what corrects it."""
    say = partial(text_of, language=language)
    return kind_of(document).key_lines_of(document, correct, say)


def lines_of(document: Document, answer: Answer | None, language: str) -> list[str]:
    """Return an answer as lines to read; none when nothing was answered."""
    if not answer:
        return []
    say = partial(text_of, language=language)
    return kind_of(document).lines_of(document, answer, say)


def mistakes_of(document: Document, answer: Answer | None, language: str) -> list[str]:
    """Return which mistakes the answer makes, where its options say which they are.

    An option that a corrected key calls right is none any more.
    """
    return [
        text_of(row["mistake"], language)
        for row in kind_of(document).options_of(document)
        if row.get("mistake")
        and row["key"] in (answer or [])
        and row["key"] not in document["correct"]
    ]
