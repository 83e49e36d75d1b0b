"""Which lesson stands at an address, and what is the same for all who read it.

The way of many readers, without page objects or walks through the tree: facts by
`.values()` kept for seconds, the rendered text kept by the revision it was made from.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
)
from wagtail.models import Page, PageViewRestriction

from courses.addresses import url_of
from courses.lesson_text import LessonText, text_from
from courses.models.pages import CataloguePage, CoursePage, LessonPage
from courses.models.reviews import Review, Reviewer
from courses.page_context import alternates_of
from courses.reach import reached

FACTS_SECONDS = 10
TEXT_SECONDS = 60  # a page that the text links to may move
FACTS = (
    "pk",
    "path",
    "translation_key",
    "title",
    "summary",
    "content_note",
    "minutes",
    "live_revision_id",
    "review_by",
    "reviewed_at",
)
CLOSED = PageViewRestriction.objects.annotate(
    asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
).filter(asked__startswith=F("page__path"))
SIGNED = Review.objects.filter(revision=OuterRef("live_revision_id")).values("at")


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """A live lesson that anybody may read, and the course it belongs to."""

    pk: int
    key: UUID
    title: str
    summary: str
    content_note: str
    minutes: int
    revision: int | None
    review_by: str
    reviewed_at: datetime | None
    course: UUID
    course_title: str
    course_url: str
    alternates: tuple[dict[str, str], ...]

    @property
    def reviewer(self) -> str:
        """Who reviewed the text, or has to."""
        return Reviewer(self.review_by).label


def facts_at(path: str, language: str) -> LessonFacts | None:
    """Return the lesson at `path` below the home page of `language`, if it is open."""
    key = f"lesson:{language}:{path}"
    facts = caches["pages"].get(key)
    if facts is None:
        facts = _facts_at(path, language)
        if facts:
            caches["pages"].set(key, facts, FACTS_SECONDS)
    return facts


def _facts_at(path: str, language: str) -> LessonFacts | None:
    found = (
        lessons_at(path, language)
        .annotate(closed=Exists(CLOSED), reviewed_at=Subquery(SIGNED))
        .filter(closed=False)
        .order_by()
        .values(*FACTS)
        .first()
    )
    return _with_course(found, language) if found else None


def lessons_at(path: str, language: str) -> QuerySet:
    """Return the live lesson at `path` below that home page, whoever may read it."""
    home = (
        CataloguePage.objects.live()
        .filter(locale__language_code=language)
        .values_list("url_path", flat=True)
        .first()
    )
    return reached(LessonPage.objects.filter(url_path=f"{home}{path}"))


def _with_course(row: dict[str, Any], language: str) -> LessonFacts | None:
    course = (
        CoursePage.objects.live()
        .filter(path=row["path"][: -2 * Page.steplen])
        .values("translation_key", "title", "url_path")
        .first()
    )
    if course is None:
        return None
    return LessonFacts(
        pk=row["pk"],
        key=row["translation_key"],
        title=row["title"],
        summary=row["summary"],
        content_note=row["content_note"],
        minutes=row["minutes"],
        revision=row["live_revision_id"],
        review_by=row["review_by"],
        reviewed_at=row["reviewed_at"],
        course=course["translation_key"],
        course_title=course["title"],
        course_url=url_of(course["url_path"], language),
        alternates=tuple(alternates_of(row["translation_key"], language)),
    )


def text_of(facts: LessonFacts, language: str) -> LessonText:
    """Return the text of the lesson's live revision."""
    return caches["pages"].get_or_set(
        f"text:{facts.pk}:{facts.revision}:{language}",
        lambda: text_from(LessonPage.objects.get(pk=facts.pk), language),
        TEXT_SECONDS,
    )
