"""Tagging questions, one or many at once; retiring them, and asking them again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log

from courses.itembank.rules import refusals_of_tags
from courses.itembank.using import draws_of
from courses.models import Course, Question, QuestionTag
from lms.people.models import User
from lms.refusals import Refused

# Of the log.
TAGGED = "courses.question.tag"
RETIRED = "courses.question.retire"
BROUGHT_BACK = "courses.question.bring-back"


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
