"""Which lesson stands at an address, and what is the same for all who read it.

The way of many readers, without page objects or walks through the tree: facts by
`.values()` kept for seconds, the rendered text kept by the revision it was made from.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction

from courses.addresses import url_of
from courses.lesson_text import Part, parts_of
from courses.models.pages import CataloguePage, CoursePage, LessonPage
from lms.web.context import name_of

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
)
CLOSED = PageViewRestriction.objects.annotate(
    asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
).filter(asked__startswith=F("page__path"))


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
    course: UUID
    course_title: str
    course_url: str
    alternates: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class LessonText:
    """The rendered text of a revision, and when it was published."""

    objectives: tuple[str, ...]
    parts: list[Part]
    published_at: datetime | None


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
    home = (
        CataloguePage.objects.live()
        .filter(locale__language_code=language)
        .values_list("url_path", flat=True)
        .first()
    )
    found = (
        LessonPage.objects.live()
        .annotate(closed=Exists(CLOSED))
        .filter(url_path=f"{home}{path}", closed=False)
        .order_by()
        .values(*FACTS)
        .first()
    )
    return _with_course(found, language) if found else None


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
        course=course["translation_key"],
        course_title=course["title"],
        course_url=url_of(course["url_path"], language),
        alternates=tuple(alternates_of(row["translation_key"], language)),
    )


def alternates_of(key: UUID, language: str) -> list[dict[str, str]]:
    """Return the live page in every other language, for the language switch."""
    rows = (
        Page.objects.live()
        .filter(translation_key=key)
        .exclude(locale__language_code=language)
        .values_list("locale__language_code", "url_path")
    )
    urls = {code: url_of(url_path, code) for code, url_path in rows}
    return [
        {"code": code, "name": name_of(code), "url": urls[code]}
        for code, _name in settings.LANGUAGES
        if code in urls
    ]


def text_of(facts: LessonFacts, language: str) -> LessonText:
    """Return the text of the lesson's live revision."""
    return caches["pages"].get_or_set(
        f"text:{facts.pk}:{facts.revision}:{language}",
        lambda: text_from(LessonPage.objects.get(pk=facts.pk)),
        TEXT_SECONDS,
    )


def text_from(page: LessonPage) -> LessonText:
    """Render a lesson, whether it is live or a draft in a preview."""
    return LessonText(
        objectives=tuple(block.value for block in page.objectives),
        parts=parts_of(page.body),
        published_at=page.last_published_at,
    )
