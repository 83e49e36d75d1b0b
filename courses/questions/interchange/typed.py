"""Numbers and short texts of a file: what is typed, how near is right, which variants.

A number stands in an option as GIFT writes it: `12.5`, `12.5:0.5` or `20..25`.
"""

from fractions import Fraction
from typing import Any

from courses.questions.interchange.neutral import (
    LANGUAGES,
    UNSAID,
    Brought,
    Kind,
    Option,
    Texts,
)
from courses.questions.kinds.kind import Document
from courses.questions.kinds.numeric import RANGE, number_of, range_of, tolerance_of
from courses.questions.kinds.short import folded, variants_of

ENOUGH = 99.9  # percent: what earns less is not wholly right


def problem_with_typed(question: Brought) -> str:
    """Return why none of what is typed is a key, as a stable word, or nothing."""
    if question.kind == Kind.SHORT:
        usable = all(folded(text) for text in _right_texts(question))
    else:
        usable = all(_range_of(text) for text in _right_texts(question))
    return "" if usable and _right_texts(question) else "no-right-answer"


def parts_of_typed(question: Brought) -> Document:
    """Return options, key and what else is of the kind in a document."""
    if question.kind == Kind.SHORT:
        return _variants(question)
    return _numbers(question)


def options_of_typed(document: Document, kind: Kind) -> tuple[Option, ...]:
    """Return the key of a document as files of other platforms have it."""
    if kind == Kind.SHORT:
        texts = [
            row[code]
            for code in LANGUAGES
            for row in variants_of(document, document["correct"])
            if row.get(code)
        ]
    else:
        slack = plain(tolerance_of(document) or Fraction(0))
        texts = [
            text if RANGE in text or slack == "0" else f"{text}:{slack}"
            for text in document["correct"]
        ]
    return tuple(Option({UNSAID: text}, 100) for text in dict.fromkeys(texts))


def extra_of_typed(document: Document, kind: Kind) -> dict[str, Any]:
    """Return what only Campus knows of it: which variants belong together."""
    if kind != Kind.SHORT:
        return {}
    rows = variants_of(document, document["correct"])
    return {
        "variants": [{code: row.get(code, "") for code in LANGUAGES} for row in rows]
    }


def _right_texts(question: Brought) -> list[str]:
    right = (one.texts for one in question.options if one.weight > ENOUGH)
    return [_first(texts) for texts in right if _first(texts)]


def _first(texts: Texts) -> str:
    return next(iter(texts.values()), "").strip()


def _variants(question: Brought) -> Document:
    """Return the rows of our own export if nobody changed it, else one for each."""
    rows = question.extra.get("variants", [])
    known = {text for row in rows for text in row.values() if text}
    if known != set(_right_texts(question)):
        rows = [one.texts for one in question.options if one.weight > ENOUGH]
    options = [
        {"key": f"v{number}", **{code: row.get(code, "") for code in LANGUAGES}}
        for number, row in enumerate(rows, start=1)
    ]
    return {"options": options, "correct": [row["key"] for row in options]}


def _numbers(question: Brought) -> Document:
    """Return each number as it is written; a range where its tolerance is its own."""
    told = question.extra.get("tolerance")
    slacks = [_slack_of(text) for text in _right_texts(question) if RANGE not in text]
    common = number_of(told) if told else next(iter(slacks), Fraction(0))
    correct = [_number_in(text, common) for text in _right_texts(question)]
    found: Document = {"options": [], "correct": correct}
    if told:
        found["tolerance"] = told
    elif common:
        found["tolerance"] = plain(common)
    return found


def _number_in(text: str, common: Fraction | None) -> str:
    value, _colon, _slack = text.partition(":")
    if RANGE in text or _slack_of(text) == common:
        return value.strip()
    low, high = _range_of(text) or (Fraction(0), Fraction(0))
    return f"{plain(low)}{RANGE}{plain(high)}"


def _slack_of(text: str) -> Fraction | None:
    _value, _colon, slack = text.partition(":")
    return number_of(slack or "0")


def _range_of(text: str) -> tuple[Fraction, Fraction] | None:
    value, _colon, _slack = text.partition(":")
    slack = _slack_of(text)
    return None if slack is None or slack < 0 else range_of(value, slack)


def plain(number: Fraction) -> str:
    """Return a decimal number without an exponent."""
    text = f"{number:.20f}"
    return text.rstrip("0").rstrip(".")


def middle_of(text: str) -> tuple[str, str]:
    """Return a number of an option as Moodle's XML parts it: value and tolerance."""
    low, high = _range_of(text) or (Fraction(0), Fraction(0))
    if RANGE not in text:
        value, _colon, slack = text.partition(":")
        return value, slack or "0"
    return plain((low + high) / 2), plain((high - low) / 2)
