"""All answers that apply, among several options.

`credit` in the document says what half an answer earns: nothing, unless it is "parts".
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import (
    Answer,
    Asking,
    Document,
    Entry,
    Kind,
    Say,
    Unreadable,
    Values,
    at_place,
    register,
)

WHOLE, PARTS = "all", "parts"
POLICIES = {
    WHOLE: _("Only the whole answer earns the point"),
    PARTS: _("Each right answer earns its part, each wrong one takes a part away"),
}
HALF_COUNTS = _("Half right counts half; each wrong choice takes a part away.")


def _policy_of(document: Document) -> str:
    return document.get("credit", WHOLE)


@register
class Multiple(Kind):
    name = "multiple"
    label = _("Several answers")
    own_parts = frozenset({"credit"})
    editor_sentences = {"unknown-credit": _("Choose what half an answer earns.")}

    def problems_of(self, document: Document, languages: list[str]) -> list[str]:
        found = super().problems_of(document, languages)
        known = _policy_of(document) in list(POLICIES)
        return found if known else [*found, "unknown-credit"]

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        asked = super().asking(document, shown, values, say)
        return replace(asked, note=HALF_COUNTS if _counts_parts(document) else "")

    def answer_of(self, rows: list[list[str]], shown: Any) -> list[str]:
        values = rows[0]
        if len(set(values)) != len(values):
            raise Unreadable("repeated-option")
        return [at_place(value, shown) for value in values]

    def is_right(self, document: Document, answer: Answer) -> bool:
        return set(answer) == set(document["correct"])

    def credit_of(self, document: Document, answer: Answer) -> Fraction:
        """Of parts, a wrong choice takes as much as a right one earns, or more.

        More where fewer options are wrong than right: who ticks all earns nothing.
        """
        if not _counts_parts(document):
            return super().credit_of(document, answer)
        correct, chosen = set(document["correct"]), set(answer)
        right, wrong = len(chosen & correct), len(chosen - correct)
        wrong_ones = len(set(self.keys_of(document)) - correct)
        part = Fraction(1, min(len(correct), wrong_ones or len(correct)))
        return max(Fraction(right, len(correct)) - wrong * part, Fraction(0))

    def wrong_answer(self, document: Document) -> list[str]:
        keys = self.keys_of(document)
        return [keys[0]] if set(document["correct"]) != {keys[0]} else keys[:2]

    def number_guessed(self, document: Document) -> int:
        """Half of the options are ticked."""
        return (len(self.keys_of(document)) + 1) // 2

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        (entry,) = super().key_entries(document, say)
        policies = list(POLICIES.items())
        return [
            replace(entry, shape="several"),
            Entry("credit", _("What half an answer earns"), "one", policies),
        ]

    def key_now(self, document: Document) -> dict[str, Any]:
        return {"correct": document["correct"], "credit": _policy_of(document)}

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        """A document that says nothing of its policy goes on saying nothing."""
        changed = said["credit"] != _policy_of(document)
        credit = {"credit": said["credit"]} if changed else {}
        return {"correct": said["correct"], **credit}


def _counts_parts(document: Document) -> bool:
    return _policy_of(document) == PARTS
