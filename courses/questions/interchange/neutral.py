"""What is a question, whatever file it stands in? One form for all of them.

Readers make it, writers take it, and a report says what of it Campus keeps. A text is a
mapping from language to string; "" is the language of what does not say its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

MOST_BYTES = 2 * 1024 * 1024
MOST_QUESTIONS = 500
MOST_OPTIONS = 26  # a letter each
MOST_LETTERS = 20_000  # of one text
UNSAID = ""
LANGUAGES = ("es", "en")

Texts = dict[str, str]


class Kind(StrEnum):
    """The kinds that files hold; those of `KEPT` are also kinds of Campus."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"
    MATCHING = "matching"
    ORDERING = "ordering"  # its options stand in the right order
    NUMERIC = "numeric"
    SHORT = "short"
    ESSAY = "essay"
    DESCRIPTION = "description"
    OTHER = "other"  # `told` is its name in the file
    UNREADABLE = "unreadable"  # `problem` says why


TYPED = {Kind.NUMERIC, Kind.SHORT}
CHOSEN = {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}
KEPT = {*CHOSEN, Kind.MATCHING, Kind.ORDERING, *TYPED}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the file says and Campus does not keep."""

    word: str
    line: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: `weight` in percent; `match` is what a statement goes with."""

    texts: Texts
    weight: float = 0.0
    feedback: Texts = field(default_factory=dict)
    match: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """A question as a file has it."""

    kind: Kind
    line: int = 1
    stem: Texts = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    feedback: Texts = field(default_factory=dict)
    name: str = ""
    category: str = ""
    told: str = ""
    problem: str = ""
    losses: tuple[Loss, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def texts(self) -> Iterator[Texts]:
        """Yield every text, that of options too."""
        yield self.stem
        yield self.feedback
        for option in self.options:
            yield from (option.texts, option.feedback, option.match)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, and what is to be said of it as a whole."""

    questions: tuple[Brought, ...]
    notes: tuple[Loss, ...] = ()


class Unreadable(Exception):
    """No question can be read; `word` says why, `line` where, if it is somewhere."""

    def __init__(self, word: str, line: int = 0, about: str = ""):
        super().__init__(word)
        self.loss = Loss(word, line, about)


def unreadable(word: str, line: int, *, category: str = "", text: str = "") -> Brought:
    """Return a question that cannot be read, so that it is named and not dropped."""
    stem = {UNSAID: text[:200]} if text else {}
    return Brought(Kind.UNREADABLE, line, stem, category=category, problem=word)


def within_limits(question: Brought) -> Brought:
    """Return the question, or why it is more than a question."""
    long = any(
        len(text) > MOST_LETTERS
        for texts in question.texts()
        for text in texts.values()
    )
    many = question.kind in KEPT and len(question.options) > MOST_OPTIONS
    if not long and not many:
        return question
    word = "text-too-long" if long else "too-many-options"
    return unreadable(word, question.line, category=question.category)


def in_language(question: Brought, language: str) -> Brought:
    """Return the question with the language that its file did not say."""

    def said(texts: Texts) -> Texts:
        if UNSAID not in texts:
            return texts
        known = {code: text for code, text in texts.items() if code}
        return {language: texts[UNSAID]} | known

    options = tuple(
        replace(
            one,
            texts=said(one.texts),
            feedback=said(one.feedback),
            match=said(one.match),
        )
        for one in question.options
    )
    return replace(
        question,
        stem=said(question.stem),
        feedback=said(question.feedback),
        options=options,
    )
