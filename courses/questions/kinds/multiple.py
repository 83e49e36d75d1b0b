"""All answers that apply, among several options."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import (
    Answer,
    Document,
    Entry,
    Kind,
    Say,
    Unreadable,
    at_place,
    register,
)


@register
class Multiple(Kind):
    name = "multiple"
    label = _("Several answers")

    def answer_of(self, rows: list[list[str]], shown: Any) -> list[str]:
        values = rows[0]
        if len(set(values)) != len(values):
            raise Unreadable("repeated-option")
        return [at_place(value, shown) for value in values]

    def is_right(self, document: Document, answer: Answer) -> bool:
        return set(answer) == set(document["correct"])

    def wrong_answer(self, document: Document) -> list[str]:
        keys = self.keys_of(document)
        return [keys[0]] if set(document["correct"]) != {keys[0]} else keys[:2]

    def number_guessed(self, document: Document) -> int:
        """Half of the options are ticked."""
        return (len(self.keys_of(document)) + 1) // 2

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        (entry,) = super().key_entries(document, say)
        return [Entry(entry.name, entry.label, "several", entry.choices)]

    def key_now(self, document: Document) -> dict[str, Any]:
        return {"correct": document["correct"]}

    def key_said(self, document: Document, said: dict[str, Any]) -> list[str]:
        return said["correct"]
