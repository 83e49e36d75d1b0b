"""Writing a question: a new wording is a new version, the old one stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from courses.models import Question, QuestionVersion
from courses.questions.rules import Document, problems_of
from lms.people.models import User
from lms.refusals import Refused


@transaction.atomic
def save_question(
    question_id: UUID,
    *,
    document: Document,
    facts: dict[str, Any],
    by: User | None,
    at: datetime,
) -> bool:
    """Store the question with these facts and this wording; return whether it changed.

    `facts` are the fields of `Question` (code, module, lesson, use, anchor). An equal
    document makes no new version. Raises `Refused` with what the document lacks.
    """
    languages = [code for code, _name in settings.LANGUAGES]
    if problems := problems_of(document, languages=languages):
        raise Refused(*problems)
    question, made = Question.objects.get_or_create(pk=question_id, defaults=facts)
    moved = not made and _differs(question, facts)
    if moved:
        Question.objects.filter(pk=question.pk).update(**facts)
    latest = question.versions.order_by("-number").first()
    if latest and latest.document == document:
        return made or moved
    QuestionVersion.objects.create(
        question=question,
        number=latest.number + 1 if latest else 1,
        document=document,
        made_at=at,
        made_by=by,
    )
    return True


def _differs(question: Question, facts: dict[str, Any]) -> bool:
    return any(getattr(question, name) != value for name, value in facts.items())
