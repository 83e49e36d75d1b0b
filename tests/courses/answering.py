"""How a learner answers in tests: known questions, in a known order."""

from django.db.models import F, QuerySet
from django.utils import timezone

from courses import actions
from courses.models import Attempt, QuestionVersion
from tests.factories import KINDS, TYPED, make_question, right_answer

SHOWN = {
    "single": ["a", "b", "c"],
    "multiple": ["a", "b", "c"],
    "truefalse": ["t", "f"],
    "matching": {"left": ["1", "2"], "right": ["A", "B"]},
    "ordering": ["a", "b", "c"],
}
RIGHT = {
    "q-1": "2",
    "q-2": ["", "1", "3"],
    "q-3": "2",
    "q-4-1": "2",
    "q-4-2": "1",
    "q-5-1": "2",
    "q-5-2": "3",
    "q-5-3": "1",
}
KEPT = [["b"], ["a", "c"], ["f"], {"1": "B", "2": "A"}, ["c", "a", "b"]]


def begin(enrolment, activity) -> Attempt:
    """Start an attempt and put its questions and options in a known order."""
    attempt = actions.start_attempt(enrolment, activity=activity, at=timezone.now())
    attempt.items.update(position=F("position") + 100)
    for item in attempt.items.with_version():
        kind = item.version.document["type"]
        item.position, item.shown = KINDS.index(kind) + 1, SHOWN[kind]
        item.save()
    return attempt


def ask_typed(attempt: Attempt) -> Attempt:
    """Let the first two questions be a number and a short text."""
    module = attempt.items.with_version().first().version.question.module
    for position, kind in enumerate(TYPED, start=1):
        code = f"{kind}-{attempt.pk.hex[:8]}"
        version = make_question(module, kind=kind, code=code).versions.get()
        attempt.items.filter(position=position).update(version=version, shown=[])
    return attempt


def hand_in(attempt, answer=right_answer, *, at=None) -> Attempt:
    at = at or timezone.now()
    answers = {item.position: answer(item) for item in attempt.items.with_version()}
    actions.save_answers(attempt, answers=answers, at=at)
    return actions.submit_attempt(attempt, language="es", at=at)


def kept(attempt) -> list:
    return list(attempt.items.values_list("answer", flat=True))


def text(response) -> str:
    return response.content.decode()


def url(attempt, tail="", language="en") -> str:
    return f"/{language}/attempts/{attempt.pk}/{tail}"


def turn_the_key() -> None:
    """Give every question another right answer, feedback and source."""
    for version in QuestionVersion.objects.all():
        document = version.document
        document["correct"] = {
            "single": ["c"],
            "multiple": ["b"],
            "truefalse": ["t"],
            "matching": {"1": "A", "2": "B"},
            "ordering": ["b", "a", "c"],
            "numeric": ["7"],
            "short": ["otra cosa"],
        }[document["type"]]
        document["feedback"] = document["source"] = {"es": "OTHER", "en": "OTHER"}
        QuerySet(QuestionVersion).filter(pk=version.pk).update(document=document)
