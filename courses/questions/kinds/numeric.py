"""A number. Right is what is as near to the key as its tolerance, or within a range.

The key is a list of numbers ("12.5") and ranges ("20..25"), as texts with a decimal
point: a number in JSON would be read as a float, and 0.1 is none.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import (
    Answer,
    Asking,
    Document,
    Entry,
    Say,
    Values,
    register,
)
from courses.questions.kinds.typed import Typed

# A comma or a point before decimals, blanks between thousands; never an exponent.
NUMBER = re.compile(r"[+-]?(\d{1,3}( \d{3})+|\d+)([.,]\d+)?|[+-]?[.,]\d+", re.ASCII)
MOST_SIGNS = 30
RANGE = ".."
MINUS = str.maketrans("\u2212\u2013", "--")  # as word processors write it
Range = tuple[Fraction, Fraction]


def number_of(text: Any) -> Fraction | None:
    """Return the number that a text writes, exactly; None if it writes none."""
    if not isinstance(text, str) or len(text) > MOST_SIGNS:
        return None
    plain = " ".join(text.translate(MINUS).split())
    if not NUMBER.fullmatch(plain):
        return None
    return Fraction(plain.replace(" ", "").replace(",", "."))


def range_of(text: Any, tolerance: Fraction) -> Range | None:
    """Return from where to where a number of the key counts; None if it is none."""
    if isinstance(text, str) and RANGE in text:
        low, _dots, high = text.partition(RANGE)
        ends = number_of(low), number_of(high)
    else:
        value = number_of(text)
        ends = (value, value)
    first, last = ends
    if first is None or last is None or first > last:
        return None
    slack = 0 if RANGE in text else tolerance
    return first - slack, last + slack


def tolerance_of(document: Document) -> Fraction | None:
    """Return how far off a number may be; None if what is written is no such thing."""
    found = number_of(document.get("tolerance") or "0")
    return found if found is not None and found >= 0 else None


@register
class Numeric(Typed):
    name = "numeric"
    label = _("A number")
    own_parts = frozenset({"tolerance", "unit"})
    sentences = {
        "not-a-number": _(
            "Question %(number)s: write only a number, such as 1250 or 12.5"
        ),
    }
    editor_sentences = {
        "no-tolerance": _("Write how far off the number may be, such as 0.5."),
        "missing-unit": _("Write the unit in every language, or in none."),
        "no-numbers": _(
            "Write a number or a range, such as 12.5 or 20..25, one in each line."
        ),
    }

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        (typed,) = values.values()
        return Asking(typed="".join(typed[:1]), unit=say(document.get("unit", {})))

    def has_options(self, options: Any) -> bool:
        return options == []

    def problem_with(self, document: Document, answer: Any) -> str | None:
        problem = super().problem_with(document, answer)
        if problem or all(number_of(text) is not None for text in answer):
            return problem
        return "not-a-number"

    def problems_of(self, document: Document, languages: list[str]) -> list[str]:
        unit = document.get("unit", {})
        found = {
            "no-numbers": not self.is_key(document, document.get("correct")),
            "no-tolerance": tolerance_of(document) is None,
            "missing-unit": bool(unit)
            and not all(unit.get(code) for code in languages),
        }
        return [word for word, is_so in found.items() if is_so]

    def is_key(self, document: Document, correct: Any) -> bool:
        if not isinstance(correct, list) or not correct:
            return False
        return all(range_of(text, Fraction(0)) is not None for text in correct)

    def is_right(self, document: Document, answer: Answer) -> bool:
        (said,) = map(number_of, answer)
        ranges = list(_ranges(document))
        return said is not None and any(low <= said <= high for low, high in ranges)

    def wrong_answer(self, document: Document) -> list[str]:
        highest = max(high for _low, high in _ranges(document))
        return [str(int(highest) + 2)]

    def right_answer(self, document: Document) -> list[str]:
        return [document["correct"][0].partition(RANGE)[0]]

    def key_lines_of(self, document: Document, correct: Any, say: Say) -> list[str]:
        unit, tolerance = say(document.get("unit", {})), document.get("tolerance")
        return [_line_of(text, tolerance, unit) for text in correct]

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        return [
            Entry("numbers", _("Right numbers"), "lines"),
            Entry("tolerance", _("Tolerance"), "line", is_needed=False),
            Entry("unit", _("Unit"), "line", is_needed=False, by_language=True),
        ]

    def key_now(self, document: Document) -> dict[str, Any]:
        return {
            "numbers": "\n".join(document["correct"]),
            "tolerance": document.get("tolerance", ""),
            "unit": document.get("unit", {}),
        }

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        numbers = [line.strip() for line in said["numbers"].splitlines()]
        unit = said["unit"] if any(said["unit"].values()) else {}
        own = {"tolerance": said["tolerance"], "unit": unit}
        return {
            "correct": [number for number in numbers if number],
            **{name: part for name, part in own.items() if part or name in document},
        }


def _ranges(document: Document) -> Iterator[Range]:
    tolerance = tolerance_of(document) or Fraction(0)
    found = (range_of(text, tolerance) for text in document["correct"])
    return (one for one in found if one)


def _line_of(text: str, tolerance: str | None, unit: str) -> str:
    if RANGE in text:
        text = " – ".join(part.strip() for part in text.split(RANGE))
    elif tolerance and number_of(tolerance):
        text = f"{text} ± {tolerance}"
    return f"{text} {unit}".strip()
