"""The questions of a page of an attempt as a form: what is asked, what was posted.

Nothing here knows the right answer: a question is built from its stem, its options and
the order that the attempt froze.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from courses.models import AttemptItem
from courses.questions.inputs import Unreadable, Values, answer_of, values_of
from courses.questions.kinds import kind_of
from courses.questions.kinds.kind import Answer, Asking, Offer, Row
from courses.questions.pictures import Picture, picture_of
from courses.questions.words import text_of

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
class AskedQuestion:
    """A question as it is put to the learner, in one language."""

    position: int
    kind: str
    stem: str
    asking: Asking
    problem: str = ""
    picture: Picture | None = None

    @property
    def options(self) -> list[Offer]:
        return self.asking.options

    @property
    def rows(self) -> list[Row]:
        return self.asking.rows

    @property
    def offered(self) -> list[str]:
        return self.asking.offered

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
            {
                "href": f"#q-{item.position}-1",
                "text": _sentence(item, self.problems[item.position]),
            }
            for item in self.items
            if item.position in self.problems
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
        document, say = item.version.document, partial(text_of, language=self.language)
        return AskedQuestion(
            position=item.position,
            kind=_kind(item),
            stem=say(document["stem"]),
            asking=kind_of(document).asking(document, item.shown, values, say),
            problem=_sentence(item, problem) if problem else "",
            picture=picture_of(document, self.language),
        )


def _kind(item: AttemptItem) -> str:
    return item.version.document["type"]


def _saved(item: AttemptItem) -> Values:
    return values_of(item.answer, _kind(item), item.shown, position=item.position)


def _sentence(item: AttemptItem, problem: str) -> str:
    sentences = PROBLEMS | kind_of(item.version.document).sentences
    return sentences[problem] % {"number": item.position}
