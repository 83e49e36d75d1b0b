"""How a question and an answer to it read in a language."""

from typing import Any

from courses.models.editions import in_language
from courses.questions.rules import Answer, Document, Kind


def text_of(texts: dict[str, str], language: str) -> str:
    """Return a text of a document: a stem, an option, feedback or a source."""
    return in_language(texts, language)


def options_by_key(options: list[dict[str, str]], language: str) -> dict[str, str]:
    """Return option key → text."""
    return {option["key"]: text_of(option, language) for option in options}


def lines_of(document: Document, answer: Answer | None, language: str) -> list[str]:
    """Return an answer as lines to read; none when nothing was answered.

    In an order that was not finished a dash stands for what is missing.
    """
    if not answer:
        return []
    options: Any = document["options"]
    if document["type"] == Kind.MATCHING:
        left = options_by_key(options["left"], language)
        right = options_by_key(options["right"], language)
        return [f"{left[key]} → {right[answer[key]]}" for key in left if key in answer]
    texts = options_by_key(options, language)
    if document["type"] == Kind.ORDERING:
        return [texts.get(key, "–") for key in answer]
    return [texts[key] for key in texts if key in answer]
