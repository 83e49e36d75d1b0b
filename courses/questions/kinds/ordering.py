"""Steps to put in order; in an answer "" holds the place of what is missing."""

from math import factorial
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import (
    KEYS,
    Answer,
    Asking,
    Document,
    Entry,
    Kind,
    Row,
    Say,
    Unreadable,
    Values,
    blank_side,
    named,
    offers,
    one_of,
    places,
    register,
    texts_by_key,
)

MOST_STEPS = 100


@register
class Ordering(Kind):
    name = "ordering"
    label = _("Ordering")
    is_order = True
    has_choices = False
    has_rows = True

    def blank(self, answers: int, languages: list[str]) -> tuple[Any, list[str]]:
        """An order is written from its beginning."""
        keys = KEYS[:answers]
        return blank_side(keys, languages), list(keys)

    def order_shown(self, document: Document, chance: Random) -> list[str]:
        """Never the right order, which would hand the answer over."""
        shown = super().order_shown(document, chance)
        return shown[1:] + shown[:1] if shown == document["correct"] else shown

    def names_of(self, shown: Any, position: int) -> list[str]:
        return [f"q-{position}-{row}" for row in range(1, len(shown) + 1)]

    def values_of(self, answer: Answer | None, shown: Any) -> list[list[str]]:
        return [places([key], answer or []) for key in shown]

    def answer_of(self, rows: list[list[str]], shown: Any) -> list[str]:
        order = [""] * len(shown)
        for key, row in zip(shown, rows, strict=True):
            for place in one_of(row, range(len(shown))):
                if order[place]:
                    raise Unreadable("repeated-position")
                order[place] = key
        return order if any(order) else []

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        texts = texts_by_key(document["options"], say)
        numbers = [str(place) for place in range(1, len(shown) + 1)]
        rows = [
            Row(name, texts[key], offers(name, numbers, values[name]))
            for name, key in zip(values, shown, strict=True)
        ]
        return Asking(rows=rows)

    def problem_with(self, document: Document, answer: Any) -> str | None:
        if isinstance(answer, list):
            if len(answer) > len(self.keys_of(document)):
                return "unknown-option"
            answer = [key for key in answer if key != ""]
        return super().problem_with(document, answer)

    def is_complete(self, document: Document, answer: Any) -> bool:
        whole = len(answer or []) == len(self.keys_of(document))
        return whole and "" not in answer

    def wrong_answer(self, document: Document) -> list[str]:
        return document["correct"][::-1]

    def lines_of(self, document: Document, answer: Any, say: Say) -> list[str]:
        """A dash stands for what is missing."""
        texts = texts_by_key(document["options"], say)
        return [texts.get(key, "–") for key in answer]

    def tally_of(self, answer: Answer) -> str:
        return " ".join(key or "–" for key in answer)

    def chance_of(self, document: Document) -> float:
        return 1 / factorial(len(self.keys_of(document)))

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        rows = document["options"]
        numbers = [(str(n), str(n)) for n in range(1, len(rows) + 1)]
        return [
            Entry(f"place_{row['key']}", named(row, say), "one", numbers)
            for row in rows
        ]

    def key_now(self, document: Document) -> dict[str, Any]:
        steps = enumerate(document["correct"], start=1)
        return {f"place_{key}": str(place) for place, key in steps}

    def key_after(self, document: Document, said: dict[str, Any]) -> dict[str, Any]:
        """Steps keep their order and are numbered anew; a new one is the last."""
        numbers = [str(n) for n in range(1, MOST_STEPS)]

        def place(key: str) -> int:
            written = said.get(f"place_{key}")
            return numbers.index(written) if written in numbers else MOST_STEPS

        in_order = sorted(self.keys_of(document), key=place)
        return {f"place_{key}": str(n) for n, key in enumerate(in_order, start=1)}

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        steps = {said[f"place_{key}"]: key for key in self.keys_of(document)}
        return {"correct": [steps[place] for place in sorted(steps, key=int)]}
