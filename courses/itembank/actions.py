"""Tagging questions, one or many at once."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log

from courses.itembank.rules import refusals_of_tags
from courses.models import Question, QuestionTag
from lms.people.models import User
from lms.refusals import Refused

TAGGED = "courses.question.tag"  # of the log


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
