"""What a kind of question answers for itself; each kind is one file beside this one.

A document has the shape of the question bank (`fixtures/courses/*/questions.json`). An
answer is a list of option keys, unless the kind says otherwise. Kinds are pure: they
are given texts by `say`, which knows the language, and know no form and no database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Document = dict[str, Any]
Answer = list[str] | dict[str, str]
Option = dict[str, str]
Values = dict[str, list[str]]
Say = Callable[[dict[str, str]], str]

KEYS = "abcdefghijklmnopqrstuvwxyz"

KINDS: dict[str, "Kind"] = {}


class Unreadable(Exception):
    """The values are no answer to the question; `problem` is a stable word."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to choose on the screen, and whether it is chosen."""

    id: str
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A statement to match or a step to place, with what its select offers."""

    name: str
    text: str
    options: list[Offer]


@dataclass(frozen=True, slots=True)
class Asking:
    """What stands below the stem: the template of the kind shows its own parts."""

    options: list[Offer] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    note: str | Promise = ""
    typed: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the editor's form that says what is right, and what it earns.

    `shape` is how it is filled in: "one" of a list, "radio", "several", a "line" or
    "lines" of text. What is written in each language is a mapping, as in a document.
    """

    name: str
    label: str | Promise
    shape: str
    choices: list[tuple[str, str | Promise]] = field(default_factory=list)
    is_needed: bool = True
    by_language: bool = False


def register(kind: type["Kind"]) -> type["Kind"]:
    """Let questions be of this kind."""
    KINDS[kind.name] = kind()
    return kind


class Kind:
    """A kind whose answer is chosen among options, unless it says otherwise."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    is_order = False  # whether the lines of an answer are numbered
    takes_one = False  # whether one option is chosen at most
    is_statement = False  # whether it is true or not
    has_choices = True  # whether it can be counted who chose which option
    is_typed = False  # whether an answer is written, not chosen
    has_rows = False  # whether each row has an input of its own
    can_grow = True  # whether an editor adds options and takes them away
    own_parts: frozenset[str] = frozenset()  # of a document, beyond those of every kind
    # What is said of the problems that only this kind has, to learners and to editors.
    sentences: ClassVar[dict[str, str | Promise]] = {}
    editor_sentences: ClassVar[dict[str, str | Promise]] = {}

    # What is written.

    def sides_of(self, document: Document) -> dict[str, list[Option]]:
        """Return the options by the side they stand on; most kinds have one."""
        return {"": document["options"]}

    def options_of(self, document: Document) -> list[Option]:
        """Return all options, of whatever side."""
        return [row for rows in self.sides_of(document).values() for row in rows]

    def blank(self, answers: int, languages: list[str]) -> tuple[Any, Answer]:
        """Return options without texts, and the key where their order says it."""
        return blank_side(KEYS[:answers], languages), []

    def keys_of(self, document: Document) -> list[str]:
        """Return the keys of what is asked about, in the order they were written."""
        return [option["key"] for option in document["options"]]

    def has_options(self, options: Any) -> bool:
        """Whether options read from a file have the shape of this kind."""
        return _is_side(options)

    def problems_of(self, document: Document, languages: list[str]) -> list[str]:
        """Return what this kind lacks to be asked, as stable words."""
        found = []
        options = self.options_of(document)
        if any(not row.get(language) for row in options for language in languages):
            found.append("missing-option-text")
        if not self.is_key(document, document.get("correct")):
            found.append("no-key")
        return found

    def is_key(self, document: Document, correct: Any) -> bool:
        """Whether this can be the right answer to the question."""
        if not correct or self.problem_with(document, correct) is not None:
            return False
        return self.is_complete(document, correct)

    # How it is asked, and how an answer is read.

    def as_written(self, document: Document) -> Any:
        """Return what is shown, in the order in which it was written."""
        return self.keys_of(document)

    def order_shown(self, document: Document, chance: Random) -> Any:
        """Return the option keys in the order that one attempt shows them."""
        keys = self.keys_of(document)
        return chance.sample(keys, len(keys))

    def names_of(self, shown: Any, position: int) -> list[str]:
        """Return the names of the inputs, in the order of the screen."""
        return [f"q-{position}"]

    def values_of(self, answer: Answer | None, shown: Any) -> list[list[str]]:
        """Return what each input holds for an answer that was kept."""
        return [places(answer or [], shown)]

    def answer_of(self, rows: list[list[str]], shown: Any) -> Answer:
        """Return the answer that the inputs hold; raises `Unreadable`."""
        return one_of(rows[0], shown)

    def asking(
        self, document: Document, shown: Any, values: Values, say: Say
    ) -> Asking:
        """Return what is put on the screen below the stem."""
        texts = texts_by_key(document["options"], say)
        (name,) = values
        return Asking(options=offers(name, [texts[key] for key in shown], values[name]))

    def problem_with(self, document: Document, answer: Any) -> str | None:
        """Return why an answer cannot be kept, as a stable word, or None if it can."""
        if not isinstance(answer, list):
            return "unknown-option"
        known = set(self.keys_of(document))
        if any(not isinstance(key, str) or key not in known for key in answer):
            return "unknown-option"
        if len(set(answer)) != len(answer):
            return "repeated-option"
        if self.takes_one and len(answer) > 1:
            return "one-option-only"
        return None

    def is_complete(self, document: Document, answer: Answer | None) -> bool:
        """Whether the answer says all that the question asks."""
        return bool(answer)

    # What it earns, and how it is told.

    def is_right(self, document: Document, answer: Answer) -> bool:
        """Whether an answer that says something is wholly right."""
        return answer == document["correct"]

    def credit_of(self, document: Document, answer: Answer) -> Fraction:
        """Return which part of its point an answer earns, from 0 to 1."""
        return Fraction(self.is_right(document, answer))

    def right_answer(self, document: Document) -> Answer:
        """Return an answer that earns the point, for people who are made up."""
        return document["correct"]

    def wrong_answer(self, document: Document) -> Answer:
        """Return a whole answer that earns nothing, for people who are made up."""
        keys, correct = self.keys_of(document), document["correct"]
        return [next(key for key in keys if key not in correct)]

    def lines_of(self, document: Document, answer: Answer, say: Say) -> list[str]:
        """Return an answer as lines to read."""
        texts = texts_by_key(document["options"], say)
        return [texts[key] for key in texts if key in answer]

    def key_lines_of(self, document: Document, correct: Any, say: Say) -> list[str]:
        """Return a key as lines to read; `correct` may be what it was corrected to."""
        return self.lines_of(document, correct, say)

    def tally_of(self, answer: Answer) -> str:
        """Return an answer as one line, the same for answers that say the same."""
        return " ".join(sorted(answer))

    # What guessing earns.

    def number_guessed(self, document: Document) -> int:
        """Return how many options a guesser takes; none where only chance helps."""
        return int(self.takes_one)

    def chance_of(self, document: Document) -> float:
        """Return how likely chance alone answers it, where no option gives a cue."""
        return 1 / len(document["options"])

    # The key in the editor's form.

    def key_entries(self, document: Document, say: Say) -> list[Entry]:
        """Return the fields that say which answer is right."""
        rows = document["options"]
        choices = [(row["key"], named(row, say)) for row in rows]
        return [Entry("correct", _("Right answer"), "radio", choices)]

    def key_now(self, document: Document) -> dict[str, Any]:
        """Return what these fields hold."""
        return {"correct": next(iter(document["correct"]), None)}

    def key_after(self, document: Document, said: dict[str, Any]) -> dict[str, Any]:
        """Return what these fields hold once options came, went or moved."""
        return said

    def said_of(self, document: Document, said: dict[str, Any]) -> Document:
        """Return the parts of the document that these fields say."""
        return {"correct": [said["correct"]]}


def _is_side(options: Any) -> bool:
    return (
        isinstance(options, list)
        and len(options) > 1
        and all(isinstance(option, dict) and option.get("key") for option in options)
        and len({option["key"] for option in options}) == len(options)
    )


def blank_side(keys: Sequence[str], languages: list[str]) -> list[Option]:
    """Return options that say nothing yet."""
    return [{"key": key, **dict.fromkeys(languages, "")} for key in keys]


def named(option: Option, say: Say) -> str:
    """Return what an option says; its letter alone while nothing is written."""
    text = say(option)
    return f"{option['key']}: {text}" if text else option["key"]


def are_sides(options: Any, names: set[str]) -> bool:
    """Whether these are options on sides of those names."""
    if not isinstance(options, dict) or set(options) != names:
        return False
    return all(map(_is_side, options.values()))


def texts_by_key(options: list[Option], say: Say) -> dict[str, str]:
    """Return option key → text."""
    return {option["key"]: say(option) for option in options}


def offers(name: str, texts: list[str], chosen: list[str]) -> list[Offer]:
    """Return what an input offers: a value is a place on the screen, never a key."""
    return [
        Offer(f"{name}-{place}", str(place), text, str(place) in chosen)
        for place, text in enumerate(texts, start=1)
    ]


def places(keys: Any, order: Any) -> list[str]:
    """Return at which place on the screen each of the keys stands."""
    return [str(order.index(key) + 1) for key in keys if key in order]


def one_of(values: list[str], shown: Sequence[Any]) -> list[Any]:
    """Return what stands at the place that was chosen, if one was."""
    if len(values) > 1:
        raise Unreadable("one-option-only")
    return [at_place(value, shown) for value in values]


def at_place(value: str, order: Sequence[Any]) -> Any:
    """Return what stands at a place on the screen."""
    known = {str(place): key for place, key in enumerate(order, start=1)}
    if value not in known:
        raise Unreadable("unknown-option")
    return known[value]
