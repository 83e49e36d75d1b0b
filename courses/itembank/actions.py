"""Tagging questions, retiring them and asking them again; copying a course's."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from courses.itembank.copies import (
    keys_of,
    lines_elsewhere,
    newest_in,
    pairs_of,
    revision_elsewhere,
)
from courses.itembank.rules import codes_of_copies, refusals_of_tags
from courses.itembank.using import draws_of
from courses.models import (
    Course,
    Question,
    QuestionTag,
    QuestionVersion,
    QuizPage,
)
from lms.people.models import User
from lms.refusals import Refused

# Of the log.
TAGGED = "courses.question.tag"
RETIRED = "courses.question.retire"
BROUGHT_BACK = "courses.question.bring-back"
COPIED = "courses.question.copy-with-course"


@transaction.atomic
def set_tags(question: Question, *, words: list[str], by: User) -> bool:
    """Give the question these tags and no others; return whether any changed.

    Raises `Refused`: "too-many-tags", "long-tag".
    """
    if reasons := refusals_of_tags(words):
        raise Refused(*reasons)
    before = set(question.tags.values_list("word", flat=True))
    if before == set(words):
        return False
    question.tags.exclude(word__in=words).delete()
    QuestionTag.objects.bulk_create(
        [QuestionTag(question=question, word=word) for word in words],
        ignore_conflicts=True,
    )
    log(question, TAGGED, user=by)
    return True


@transaction.atomic
def tag_many(keys: Collection[UUID], *, word: str, away: bool = False, by: User) -> int:
    """Give many questions a tag, or take it away; return how many changed.

    Raises `Refused`, and then changes none: "too-many-tags", "long-tag".
    """
    changed = 0
    questions = Question.objects.filter(pk__in=keys).order_by("code")
    for question in questions.prefetch_related("tags"):
        words = [tag.word for tag in question.tags.all() if tag.word != word]
        words += [] if away else [word]
        changed += set_tags(question, words=words, by=by)
    return changed


@transaction.atomic
def retire_question(question: Question, *, by: User, at: datetime) -> bool:
    """Ask a question no more; return whether it was asked until now.

    Open attempts keep it, and nothing is deleted. Raises `Refused`: "pool-too-small"
    where a quiz could then not ask what it draws. Who retires two at once waits for
    each other at the courses.
    """
    draws = draws_of(question)
    courses = {draw.edition.course_id for draw in draws}
    list(Course.objects.select_for_update().filter(pk__in=courses).order_by("pk"))
    if not Question.objects.live().filter(pk=question.pk).update(retired_at=at):
        return False
    if any(draw.falls_short for draw in draws_of(question)):
        raise Refused("pool-too-small")
    log(question, RETIRED, user=by)
    return True


@transaction.atomic
def bring_back(question: Question, *, by: User) -> bool:
    """Ask a question again; return whether it rested."""
    resting = Question.objects.filter(pk=question.pk).exclude(retired_at=None)
    if not resting.update(retired_at=None):
        return False
    log(question, BROUGHT_BACK, user=by)
    return True


@transaction.atomic
def copy_questions(
    page: Page, copied: Page, *, as_drafts: bool = False, by: User, at: datetime
) -> int:
    """Give a copied course, or module, questions of its own; return how many.

    Each begins anew with its newest wording, in the copies of its module and lesson,
    under a new code. What is retired stays behind, a draft stays a draft. What its
    quizzes draw names the copies as well.
    """
    pairs = pairs_of(page, copied)
    keys = keys_of(pairs)
    rows = newest_in(keys)
    taken = Question.objects.values_list("code", flat=True)
    codes = codes_of_copies([row.question.code for row in rows], taken=taken)
    for row in rows:
        _copy(
            row,
            code=codes[row.question.code],
            keys=keys,
            drafts=as_drafts,
            by=by,
            at=at,
        )
    _draw_from_copies(pairs)
    if rows:
        log(copied, COPIED, user=by, data={"questions": len(rows)})
    return len(rows)


def _copy(
    version: QuestionVersion,
    *,
    code: str,
    keys: dict[UUID, UUID],
    drafts: bool,
    by: User,
    at: datetime,
) -> None:
    was = version.question
    lesson = keys.get(was.lesson) if was.lesson else None
    made = Question.objects.create(
        code=code,
        module=keys[was.module],
        lesson=lesson,
        objective=was.objective if lesson else None,
        use=was.use,
        anchor=was.anchor,
        # A draft is kept back from the moment it was begun.
        retired_at=at if drafts or was.retired_at else None,
    )
    QuestionVersion.objects.create(
        question=made, number=1, document=version.graded_by, made_at=at, made_by=by
    )
    QuestionTag.objects.bulk_create(
        QuestionTag(question=made, word=tag.word) for tag in was.tags.all()
    )


def _draw_from_copies(pairs: list[tuple[Page, Page]]) -> None:
    places = {page.pk: copy.pk for page, copy in pairs}
    copies = QuizPage.objects.filter(pk__in=places.values()).filter(draws__isnull=False)
    for quiz in copies:
        raw = lines_elsewhere(list(quiz.draws.raw_data), places)
        QuizPage.objects.filter(pk=quiz.pk).update(draws=raw)
        if latest := quiz.latest_revision:
            latest.content = revision_elsewhere(latest.content, places)
            latest.save(update_fields=["content"])
