"""Writing a question: a new wording is a new version, the old one stays."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from courses.models import Question, QuestionTag, QuestionVersion
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
    if facts.get("lesson", question.lesson) != question.lesson:
        facts = facts | {"objective": None}  # it was one of the former lesson
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


def bring_questions(
    documents: list[Document],
    *,
    course: str,
    module: UUID,
    use: str,
    key: UUID,
    by: User,
    at: datetime,
) -> list[Question]:
    """Store questions of another platform as drafts, all of them or none.

    Nobody is asked a draft: it counts as retired until an editor has completed it.
    `key` is that of the file: accepted twice, it is brought once. Raises Refused:
    nothing-to-bring, brought-already.
    """
    if not documents:
        raise Refused("nothing-to-bring")
    try:
        with transaction.atomic():
            facts = {"module": module, "use": use, "retired_at": at}
            codes = _free_codes(course, len(documents))
            drafts = [
                Question(pk=uuid5(key, str(number)), code=code, **facts)
                for number, code in enumerate(codes)
            ]
            Question.objects.bulk_create(drafts)
            QuestionVersion.objects.bulk_create(
                QuestionVersion(
                    question=draft, number=1, document=document, made_at=at, made_by=by
                )
                for draft, document in zip(drafts, documents, strict=True)
            )
            for draft in drafts:
                log(draft, "wagtail.create", user=by)
    except IntegrityError as error:
        raise Refused("brought-already") from error
    return drafts


@transaction.atomic
def copy_question(
    question: Question, *, course: str, key: UUID, by: User, at: datetime
) -> Question:
    """Return a draft that asks the same under a new code, with the same tags.

    It is for its editor to change, so it is asked nowhere, not even before the course.
    Raises Refused: brought-already.
    """
    newest = question.versions.latest("number")
    (copy,) = bring_questions(
        [newest.document],
        course=course,
        module=question.module,
        use=question.use,
        key=key,
        by=by,
        at=at,
    )
    copy.lesson, copy.objective = question.lesson, question.objective
    copy.save(update_fields=["lesson", "objective"])
    words = question.tags.values_list("word", flat=True)
    QuestionTag.objects.bulk_create(
        QuestionTag(question=copy, word=word) for word in words
    )
    return copy


def _free_codes(course: str, count: int) -> list[str]:
    """Return codes that no question has: those brought to a course are its T001 …"""
    begin = f"{course[:12]}-T"
    taken = set(
        Question.objects.filter(code__startswith=begin).values_list("code", flat=True)
    )
    codes = (f"{begin}{number:03}" for number in range(1, len(taken) + count + 1))
    return [code for code in codes if code not in taken][:count]


def _differs(question: Question, facts: dict[str, Any]) -> bool:
    return any(getattr(question, name) != value for name, value in facts.items())
