"""Statements, each with what belongs to it; an answer maps left keys to right keys."""

from math import perm
from random import Random
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import (
    KEYS,
    Answer,
    Asking,
    Document,
    Entry,
    Kind,
    Option,
    Row,
    Say,
    Values,
    are_sides,
    blank_side,
    named,
    offers,
    one_of,
    places,
    register,
    texts_by_key,
)

FITS_A_SELECT = 28  # letters, at 360 px


@register
class Matching(Kind):
    name = "matching"
    label = _("Matching")
    has_choices = False
    has_rows = True

    def blank(self, answers: int, languages: list[str]) -> tuple[Any, dict[str, str]]:
        """Pairs are written side by side."""
        keys = KEYS[:answers]
        numbers = [str(number) for number in range(1, answers + 1)]
        left, right = blank_side(numbers, languages), blank_side(keys, languages)
        return {"left": left, "right": right}, dict(zip(numbers, keys, strict=True))

    def sides_of(self, document: Document) -> dict[str, list[Option]]:
        return document["options"]

    def keys_of(self, document: Document) -> list[str]:
        """Return the left keys: each is asked about."""
        return [option["key"] for option in document["options"]["left"]]

    def right_keys_of(self, document: Document) -> list[str]:
        """Return the keys of what can be matched."""
        return [option["key"] for option in document["options"]["right"]]

    def has_options(self, options: Any) -> bool:
        return are_sides(options, {"left", "right"})

    def as_written(self, document: Document) -> dict[str, list[str]]:
        return {
            "left": self.keys_of(document),
            "right": self.right_keys_of(document),
        }

    def order_shown(self, document: Document, chance: Random) -> dict[str, list[str]]:
        return {
            side: chance.sample(keys, len(keys))
            for side, keys in self.as_written(document).items()
        }

    def names_of(self, shown: Any, position: int) -> list[str]:
        rows = range(1, len(shown["left"]) + 1)
        return [f"q-{position}-{row}" for row in rows]

    def values_of(self, answer: Answer | None, shown: Any) -> list[list[str]]:
        pairs = dict(answer or {})
        return [places([pairs.get(key)], shown["right"]) for key in shown["left"]]

    def answer_of(self, rows: list[list[str]], shown: Any) -> dict[str, str]:
        chosen = [one_of(row, shown["right"]) for row in rows]
        return {
            left: right[0]
            for left, right in zip(shown["left"], chosen, strict=True)
            if right
        }

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        left = texts_by_key(document["options"]["left"], say)
        right = texts_by_key(document["options"]["right"], say)
        texts = [right[key] for key in shown["right"]]
        offered = texts if _are_long(texts) else []
        if offered:
            texts = _lettered(texts)
        rows = [
            Row(name, left[key], offers(name, texts, values[name]))
            for name, key in zip(values, shown["left"], strict=True)
        ]
        return Asking(rows=rows, offered=offered)

    def problem_with(self, document: Document, answer: Any) -> str | None:
        if not isinstance(answer, dict):
            return "unknown-option"
        left, right = set(self.keys_of(document)), set(self.right_keys_of(document))
        if any(
            key not in left or not isinstance(value, str) or value not in right
            for key, value in answer.items()
        ):
            return "unknown-option"
        return None

    def is_complete(self, document: Document, answer: Answer | None) -> bool:
        return len(answer or {}) == len(self.keys_of(document))

    def wrong_answer(self, document: Document) -> dict[str, str]:
        correct = document["correct"]
        return dict(zip(correct, reversed(correct.values()), strict=True))

    def lines_of(self, document: Document, answer: Any, say: Say) -> list[str]:
        left = texts_by_key(document["options"]["left"], say)
        right = texts_by_key(document["options"]["right"], say)
        return [f"{left[key]} → {right[answer[key]]}" for key in left if key in answer]

    def tally_of(self, answer: Any) -> str:
        return " ".join(f"{left}:{right}" for left, right in sorted(answer.items()))

    def chance_of(self, document: Document) -> float:
        return 1 / perm(len(self.right_keys_of(document)), len(self.keys_of(document)))

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        sides = document["options"]
        choices = [(row["key"], named(row, say)) for row in sides["right"]]
        return [
            Entry(f"match_{row['key']}", named(row, say), "one", choices)
            for row in sides["left"]
        ]

    def key_now(self, document: Document) -> dict[str, Any]:
        pairs = document["correct"].items()
        return {f"match_{left}": right for left, right in pairs}

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        keys = self.keys_of(document)
        return {"correct": {key: said[f"match_{key}"] for key in keys}}


def _are_long(texts: list[str]) -> bool:
    """Whether one is cut off in a select on a phone, and must be read elsewhere."""
    return any(len(text) > FITS_A_SELECT for text in texts)


def _lettered(texts: list[str]) -> list[str]:
    return [
        f"{letter}. {text}"
        for letter, text in zip(ascii_uppercase, texts, strict=False)
    ]
