"""A short text. Right is any variant of the key, however case, accents, blanks go.

Variants stand in the options, in each language as many as it has; whoever answers may
use those of the other language. A corrected key may be a text that is no variant yet.
"""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import Answer, Document, Entry, Option, Say, register
from courses.questions.kinds.typed import MOST_LETTERS, Typed, readable
from lms.folding import folded_text

MOST_VARIANTS = 26


def folded(text: str) -> str:
    """Return a text so that whoever means the same has written the same."""
    return " ".join(folded_text(text).split())


def variants_of(document: Document, correct: Any) -> list[Option]:
    """Return what is right: variants by their key, and texts that are no key."""
    known = {row["key"]: row for row in document["options"]}
    return [known.get(one, {"key": one, "es": one, "en": one}) for one in correct]


@register
class Short(Typed):
    name = "short"
    label = _("A short text")
    sentences = {
        "too-long": _("Question %(number)s: write no more than 100 characters"),
    }
    editor_sentences = {
        "no-variants": _(
            "Write what is right in every language: up to 26 variants with letters or "
            "digits, each in a line of its own and no longer than 100 characters."
        ),
    }

    def options_of(self, document: Document) -> list[Option]:
        """One variant is needed in each language; the others are as many as may be."""
        return document["options"][:1]

    def has_options(self, options: Any) -> bool:
        return (
            isinstance(options, list)
            and all(isinstance(row, dict) and row.get("key") for row in options)
            and len({row["key"] for row in options}) == len(options)
        )

    def problems_of(self, document: Document, languages: list[str]) -> list[str]:
        correct = document.get("correct")
        usable = self.is_key(document, correct) and all(
            any(row.get(code) for row in variants_of(document, correct))
            for code in languages
        )
        return [] if usable else ["no-variants"]

    def is_key(self, document: Document, correct: Any) -> bool:
        if not isinstance(correct, list) or not 0 < len(correct) <= MOST_VARIANTS:
            return False
        if any(not isinstance(one, str) for one in correct):
            return False
        texts = list(_texts_of(document, correct))
        return bool(texts) and all(
            folded(text) and len(text) <= MOST_LETTERS for text in texts
        )

    def is_right(self, document: Document, answer: Answer) -> bool:
        (said,) = answer
        right = set(map(folded, _texts_of(document, document["correct"])))
        return folded(said) in right - {""}

    def wrong_answer(self, document: Document) -> list[str]:
        longest = max(_texts_of(document, document["correct"]), key=len)
        return [f"no {longest}"[:MOST_LETTERS]]

    def right_answer(self, document: Document) -> list[str]:
        return [next(iter(_texts_of(document, document["correct"])))]

    def key_lines_of(self, document: Document, correct: Any, say: Say) -> list[str]:
        lines = (say(row) for row in variants_of(document, correct))
        return list(dict.fromkeys(lines))

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        return [Entry("variants", _("Right texts"), "lines", by_language=True)]

    def key_now(self, document: Document) -> dict[str, Any]:
        rows = variants_of(document, document["correct"])
        codes = {code for row in rows for code in row} - {"key"}
        return {
            "variants": {
                code: "\n".join(row[code] for row in rows if row.get(code))
                for code in codes
            }
        }

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        """A line is a variant; what was written on one line is of one row."""
        columns = {code: _lines(text) for code, text in said["variants"].items()}
        rows = [
            {"key": f"v{number}", **dict(zip(columns, texts, strict=True))}
            for number, texts in enumerate(
                zip_longest(*columns.values(), fillvalue=""), start=1
            )
        ]
        return {"options": rows, "correct": [row["key"] for row in rows]}


def _lines(text: str) -> list[str]:
    return [said for line in text.splitlines() if (said := readable(line))]


def _texts_of(document: Document, correct: list[str]) -> list[str]:
    rows = variants_of(document, correct)
    return [
        text for row in rows for name, text in row.items() if name != "key" and text
    ]
