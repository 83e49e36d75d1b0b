"""The questions of a page of an attempt as a form: what is asked, what was posted.

Nothing here knows the right answer: a question is built from its stem, its options and
the order that the attempt froze.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from courses.models import AttemptItem
from courses.questions.inputs import Unreadable, Values, answer_of, names_of, values_of
from courses.questions.rules import Answer, Kind
from courses.questions.words import options_by_key, text_of

FITS_A_SELECT = 28  # letters, at 360 px
PROBLEMS = {
    "unknown-option": gettext_lazy("Question %(number)s: choose among what is shown"),
    "one-option-only": gettext_lazy("Question %(number)s: choose one answer only"),
    "repeated-option": gettext_lazy(
        "Question %(number)s: choose each answer only once"
    ),
    "repeated-position": gettext_lazy(
        "Question %(number)s: choose a different position for each step"
    ),
}
NOT_HERE = gettext_lazy(
    "This page does not ask one of the questions that were answered. Open the page "
    "again and answer what it shows."
)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, and whether it is chosen."""

    id: str
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A statement to match or a step to place, with the options of its select."""

    name: str
    text: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is put to the learner, in one language."""

    position: int
    kind: str
    stem: str
    options: list[Option] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def name(self) -> str:
        return f"q-{self.position}"

    @property
    def template(self) -> str:
        return f"courses/questions/{self.kind}.html"


class AnswerSheet:
    """The questions of a page, with the answers kept or the ones just posted.

    An input that was not posted keeps what was saved: half a form loses nothing.
    """

    def __init__(
        self,
        items: Iterable[AttemptItem],
        *,
        language: str,
        posted: QueryDict | None = None,
    ):
        self.items = list(items)
        self.language = language
        self.answers: dict[int, Answer] = {}
        self.problems: dict[int, str] = {}
        self._values = {item.position: _saved(item) for item in self.items}
        self._has_strangers = False
        if posted is not None:
            self._read(posted)

    def _read(self, posted: QueryDict) -> None:
        names = {name for values in self._values.values() for name in values}
        given = {name for name in posted if name.startswith("q-")}
        self._has_strangers = bool(given - names)
        for item in self.items:
            values = self._values[item.position]
            here = given & values.keys()
            values.update({name: posted.getlist(name) for name in here})
            if here:
                self._answer(item, values)

    def _answer(self, item: AttemptItem, values: Values) -> None:
        try:
            self.answers[item.position] = answer_of(
                values, _kind(item), item.shown, position=item.position
            )
        except Unreadable as unreadable:
            self.problems[item.position] = unreadable.problem

    @property
    def is_valid(self) -> bool:
        return not self.problems and not self._has_strangers

    @property
    def errors(self) -> list[dict[str, str]]:
        """What is wrong, each with the input to go to."""
        found = [
            {"href": f"#q-{position}-1", "text": _sentence(position, problem)}
            for position, problem in sorted(self.problems.items())
        ]
        if self._has_strangers:
            found.append({"href": "#questions", "text": gettext(NOT_HERE)})
        return found

    @property
    def questions(self) -> list[AskedQuestion]:
        return [self._question(item) for item in self.items]

    def _question(self, item: AttemptItem) -> AskedQuestion:
        values = self._values[item.position]
        problem = self.problems.get(item.position)
        asked: dict[str, Any] = {
            "position": item.position,
            "kind": _kind(item),
            "stem": text_of(item.version.document["stem"], self.language),
            "problem": _sentence(item.position, problem) if problem else "",
        }
        match asked["kind"]:
            case Kind.MATCHING:
                offered = _offered(item, self.language)
                asked["rows"] = _statements(item, values, offered, self.language)
                asked["offered"] = offered if _is_long(offered) else []
            case Kind.ORDERING:
                asked["rows"] = _steps(item, values, self.language)
            case _:
                asked["options"] = _choices(item, values, self.language)
        return AskedQuestion(**asked)


def _kind(item: AttemptItem) -> str:
    return item.version.document["type"]


def _saved(item: AttemptItem) -> Values:
    return values_of(item.answer, _kind(item), item.shown, position=item.position)


def _sentence(position: int, problem: str) -> str:
    return PROBLEMS[problem] % {"number": position}


def _choices(item: AttemptItem, values: Values, language: str) -> list[Option]:
    texts = options_by_key(item.version.document["options"], language)
    name = f"q-{item.position}"
    return _options(name, [texts[key] for key in item.shown], values[name])


def _offered(item: AttemptItem, language: str) -> list[str]:
    """Return what can be matched with a statement, in the order of the screen."""
    right = options_by_key(item.version.document["options"]["right"], language)
    return [right[key] for key in item.shown["right"]]


def _is_long(offered: list[str]) -> bool:
    """Whether a text is cut off in a select on a phone, and must be read elsewhere."""
    return any(len(text) > FITS_A_SELECT for text in offered)


def _statements(
    item: AttemptItem, values: Values, offered: list[str], language: str
) -> list[Row]:
    left = options_by_key(item.version.document["options"]["left"], language)
    lettered = _lettered(offered) if _is_long(offered) else offered
    return [
        Row(name, left[key], _options(name, lettered, values[name]))
        for name, key in zip(_names(item), item.shown["left"], strict=True)
    ]


def _lettered(texts: list[str]) -> list[str]:
    return [
        f"{letter}. {text}"
        for letter, text in zip(ascii_uppercase, texts, strict=False)
    ]


def _steps(item: AttemptItem, values: Values, language: str) -> list[Row]:
    texts = options_by_key(item.version.document["options"], language)
    places = [str(place) for place in range(1, len(item.shown) + 1)]
    return [
        Row(name, texts[key], _options(name, places, values[name]))
        for name, key in zip(_names(item), item.shown, strict=True)
    ]


def _names(item: AttemptItem) -> list[str]:
    return names_of(_kind(item), item.shown, position=item.position)


def _options(name: str, texts: list[str], chosen: list[str]) -> list[Option]:
    return [
        Option(f"{name}-{place}", str(place), text, str(place) in chosen)
        for place, text in enumerate(texts, start=1)
    ]
