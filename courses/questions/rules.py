"""How a question is shown, how its answer is read, and what it earns.

Each kind answers for itself (`courses/questions/kinds`); what holds for all of them
stands here.
"""

from random import Random
from typing import Any

from courses.questions.kinds import KINDS, kind_of
from courses.questions.kinds.kind import Answer, Document

# A point has as many parts as make halves, thirds … and tenths whole numbers: three
# thirds are a point again.
WHOLE = 2520


def blank(name: str, *, answers: int, languages: list[str]) -> Document:
    """Return a question of a kind in which every text is still to be written."""

    def texts() -> dict[str, str]:
        return dict.fromkeys(languages, "")

    options, correct = KINDS[name].blank(answers, languages)
    return {
        "type": name,
        "level": "",
        "stem": texts(),
        "options": options,
        "correct": correct,
        "feedback": texts(),
        "source": texts(),
    }


def keys_of(document: Document) -> list[str]:
    """Return the option keys in the order they were written; left keys for matching."""
    return kind_of(document).keys_of(document)


def is_written_in(document: Document, language: str) -> bool:
    """Whether the question and each of its answers have a text in the language."""
    options = kind_of(document).options_of(document)
    return all(text.get(language) for text in (document["stem"], *options))


def order_shown(document: Document, *, chance: Random) -> Any:
    """Return the option keys in the order one attempt shows them."""
    return kind_of(document).order_shown(document, chance)


def is_complete(document: Document, answer: Answer | None) -> bool:
    """Whether the answer says all that the question asks."""
    return bool(answer) and kind_of(document).is_complete(document, answer)


def problem_with(document: Document, answer: Any) -> str | None:
    """Return why an answer cannot be kept, as a stable word, or None when it can.

    An empty or partial answer can be kept: it is a draft until it is handed in.
    """
    return kind_of(document).problem_with(document, answer)


def credit_for(document: Document, answer: Answer | None) -> int:
    """Return what an answer earns, in parts of a point: `WHOLE` for a right one."""
    if not answer:
        return 0
    return int(kind_of(document).credit_of(document, answer) * WHOLE)


def points_for(document: Document, answer: Answer | None) -> int:
    """Return 1 for a wholly right answer, else 0."""
    return whole_points(credit_for(document, answer))


def whole_points(earned: int) -> int:
    """Return the points that parts add up to; what makes no whole one is left."""
    return earned // WHOLE


def percent_of(earned: int) -> int:
    """Return the percent of a point that parts of it are."""
    return round(100 * earned / WHOLE)


def problems_of(document: Document, *, languages: list[str]) -> list[str]:
    """Return why a document is no usable question, as stable words."""
    if document.get("type") not in KINDS:
        return ["unknown-kind"]
    found = [
        f"missing-{part}"
        for part in ("stem", "feedback", "source")
        if any(not document.get(part, {}).get(language) for language in languages)
    ]
    found += kind_of(document).problems_of(document, languages)
    return found + _problems_of_picture(document.get("picture"), languages)


def _problems_of_picture(
    picture: dict[str, Any] | None, languages: list[str]
) -> list[str]:
    """A picture says the same to whoever does not see it, in each language."""
    if not picture or all(picture["alt"].get(language) for language in languages):
        return []
    return ["missing-alt"]
