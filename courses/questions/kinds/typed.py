"""What questions have in common whose answer is written, not chosen.

Such an answer is a list of one text. Its key never stands in what a learner is sent.
"""

from random import Random
from typing import Any

from courses.questions.kinds.kind import (
    Answer,
    Asking,
    Document,
    Kind,
    Option,
    Say,
    Unreadable,
    Values,
)

MOST_LETTERS = 100


class Typed(Kind):
    has_choices = False
    is_typed = True
    can_grow = False

    def sides_of(self, document: Document) -> dict[str, list[Option]]:
        return {}

    def keys_of(self, document: Document) -> list[str]:
        return []

    def blank(self, answers: int, languages: list[str]) -> tuple[list[Option], Answer]:
        """Return no options: whoever answers by writing chooses among none."""
        return [], []

    def order_shown(self, document: Document, chance: Random) -> list[str]:
        return []

    def names_of(self, shown: Any, position: int) -> list[str]:
        return [f"q-{position}-1"]

    def values_of(self, answer: Answer | None, shown: Any) -> list[list[str]]:
        return [list(answer or [])]

    def answer_of(self, rows: list[list[str]], shown: Any) -> list[str]:
        if len(rows[0]) > 1:
            raise Unreadable("one-option-only")
        answer = [said for text in rows[0] if (said := readable(text))]
        if problem := self.problem_with({}, answer):
            raise Unreadable(problem)
        return answer

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        (typed,) = values.values()
        return Asking(typed="".join(typed[:1]))

    def problem_with(self, document: Document, answer: Any) -> str | None:
        if not isinstance(answer, list) or len(answer) > 1:
            return "one-option-only"
        if any(not isinstance(text, str) for text in answer):
            return "unknown-option"
        if any(len(text) > MOST_LETTERS for text in answer):
            return "too-long"
        return None

    def lines_of(self, document: Document, answer: Any, say: Say) -> list[str]:
        return list(answer)

    def tally_of(self, answer: Answer) -> str:
        """What somebody wrote is counted, and not kept apart from them."""
        return "*"

    def chance_of(self, document: Document) -> float:
        return 0.0


def readable(text: str) -> str:
    """Return a text in one line, without what no screen shows and no database keeps."""
    shown = (sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join("".join(shown).split())
