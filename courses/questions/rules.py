"""How a question of each kind is shown, how its answer is read, and what it earns.

A document has the shape of the question bank (`fixtures/courses/*/questions.json`). An
answer is a list of option keys; for matching, a mapping from left key to right key. In
an order that is not finished, "" holds the place of what is missing.
"""

from enum import StrEnum
from random import Random
from typing import Any

Document = dict[str, Any]
Answer = list[str] | dict[str, str]


class Kind(StrEnum):
    """The five kinds of question."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"
    MATCHING = "matching"
    ORDERING = "ordering"


def keys_of(document: Document) -> list[str]:
    """Return the option keys in the order they were written; left keys for matching."""
    options = document["options"]
    if document["type"] == Kind.MATCHING:
        options = options["left"]
    return [option["key"] for option in options]


def right_keys_of(document: Document) -> list[str]:
    """Return the right-hand keys of a matching question."""
    return [option["key"] for option in document["options"]["right"]]


def is_written_in(document: Document, language: str) -> bool:
    """Whether the question and each of its answers have a text in the language."""
    options = document["options"]
    if document["type"] == Kind.MATCHING:
        options = [*options["left"], *options["right"]]
    return all(text.get(language) for text in (document["stem"], *options))


def order_shown(document: Document, *, chance: Random) -> Any:
    """Return the option keys in the order one attempt shows them.

    True and false stay where they are. An ordering question is never shown in its
    right order, which would hand the answer over.
    """
    keys = keys_of(document)
    match document["type"]:
        case Kind.TRUE_FALSE:
            return keys
        case Kind.MATCHING:
            right = right_keys_of(document)
            return {
                "left": chance.sample(keys, len(keys)),
                "right": chance.sample(right, len(right)),
            }
        case Kind.ORDERING:
            shown = chance.sample(keys, len(keys))
            return shown[1:] + shown[:1] if shown == document["correct"] else shown
        case _:
            return chance.sample(keys, len(keys))


def is_complete(document: Document, answer: Answer | None) -> bool:
    """Whether the answer says all that the question asks."""
    if not answer:
        return False
    if document["type"] in {Kind.MATCHING, Kind.ORDERING}:
        return len(answer) == len(keys_of(document)) and "" not in answer
    return True


def problem_with(document: Document, answer: Any) -> str | None:
    """Return why an answer cannot be kept, as a stable word, or None when it can.

    An empty or partial answer can be kept: it is a draft until it is handed in.
    """
    if document["type"] == Kind.MATCHING:
        return _problem_with_pairs(document, answer)
    if not isinstance(answer, list):
        return "unknown-option"
    known = set(keys_of(document))
    if document["type"] == Kind.ORDERING:
        if len(answer) > len(known):
            return "unknown-option"
        answer = [key for key in answer if key != ""]
    if any(not isinstance(key, str) or key not in known for key in answer):
        return "unknown-option"
    if len(set(answer)) != len(answer):
        return "repeated-option"
    if document["type"] in {Kind.SINGLE, Kind.TRUE_FALSE} and len(answer) > 1:
        return "one-option-only"
    return None


def _problem_with_pairs(document: Document, answer: Any) -> str | None:
    if not isinstance(answer, dict):
        return "unknown-option"
    left, right = set(keys_of(document)), set(right_keys_of(document))
    if any(
        key not in left or not isinstance(value, str) or value not in right
        for key, value in answer.items()
    ):
        return "unknown-option"
    return None


def points_for(document: Document, answer: Answer | None) -> int:
    """Return 1 for a wholly right answer, else 0 (the bank's rule for every kind)."""
    if not answer:
        return 0
    correct = document["correct"]
    if document["type"] == Kind.MULTIPLE:
        return int(set(answer) == set(correct))
    return int(answer == correct)


def problems_of(document: Document, *, languages: list[str]) -> list[str]:
    """Return why a document is no usable question, as stable words."""
    found = []
    if document.get("type") not in set(Kind):
        return ["unknown-kind"]
    for part in ("stem", "feedback", "source"):
        if any(not document.get(part, {}).get(language) for language in languages):
            found.append(f"missing-{part}")
    if any(
        not option.get(language)
        for option in _all_options(document)
        for language in languages
    ):
        found.append("missing-option-text")
    if not _has_a_key(document):
        found.append("no-key")
    return found


def _all_options(document: Document) -> list[dict[str, str]]:
    options = document["options"]
    if document["type"] == Kind.MATCHING:
        return [*options["left"], *options["right"]]
    return options


def _has_a_key(document: Document) -> bool:
    correct = document.get("correct")
    if not correct or problem_with(document, correct) is not None:
        return False
    return is_complete(document, correct)
