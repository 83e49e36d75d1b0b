"""What did each version of a question change, word by word and in each language?"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from courses.comparing.rules import Piece, differ, replaced, words_changed
from courses.itembank.rules import texts_of
from courses.models import Question, QuestionVersion
from courses.questions.kinds import kind_of
from courses.questions.rules import Document
from courses.questions.words import key_lines_of, text_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of a question that differs from the version before."""

    part: str
    language: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Step:
    """A version and what it changed; None of the first, which changed nothing."""

    version: QuestionVersion
    changes: list[Changed] | None


def steps_of(question: Question) -> list[Step]:
    """Return the versions, newest first, each with what it changed."""
    versions = list(question.versions.select_related("made_by").order_by("number"))
    found, before = [], None
    for version in versions:
        changes = list(_changes(before, version.document)) if before else None
        found.append(Step(version, changes))
        before = version.document
    return found[::-1]


def _changes(before: Document, after: Document):
    for language, _name in settings.LANGUAGES:
        for part, old, new in _parts(before, after, language):
            pieces = words_changed(old, new)
            if differ(pieces):
                yield Changed(part, language, pieces)
        old, new = (_key(one, language) for one in (before, after))
        if _key_differs(before, after) and old != new:
            yield Changed(_("Right answer"), language, replaced(old, new))


def _parts(before: Document, after: Document, language: str):
    """Yield each text of a question, as it was and as it is."""
    for name, label in (
        ("stem", _("Question")),
        ("picture", _("Picture, in words")),
        ("options", _("Answers")),
        ("feedback", _("Feedback")),
        ("source", _("Source")),
    ):
        yield label, *(_said(one, name, language) for one in (before, after))


def _said(document: Document, name: str, language: str) -> str:
    if name == "picture":
        return text_of(document.get(name, {}).get("alt", {}), language)
    if name == "options":
        if kind_of(document).is_typed:
            return ""  # what may be written is the key, which is told by itself
        return " · ".join(texts_of(document.get(name) or [], language))
    return text_of(document[name], language)


def _key_differs(before: Document, after: Document) -> bool:
    """Whether another answer is right: of what is typed, other parts say it too."""
    return kind_of(after).is_typed or before["correct"] != after["correct"]


def _key(document: Document, language: str) -> str:
    return "; ".join(key_lines_of(document, document["correct"], language))
