"""What a course holds in a language, in reading order: lessons, quizzes, cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.identity import Activity

SECONDS = 10
FACTS = (
    "translation_key",
    "locale__language_code",
    "title",
    "path",
    "depth",
    "url_path",
    "modulepage__summary",
    "lessonpage__minutes",
    "casepage__minutes",
    "live_revision_id",
    "quizpage__purpose",
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A live activity of a course, as readers of one language see it."""

    key: UUID
    kind: str
    number: str
    title: str
    url: str
    minutes: int
    revision: int | None
    module_number: str
    module_title: str
    module_key: UUID | None


def outline(course_key: UUID, language: str) -> list[Entry]:
    """Return the live activities of the course in `language`, in reading order.

    Numbers are those of the source language, so that they agree in every language.
    """
    return caches["pages"].get_or_set(
        f"outline:{course_key}:{language}",
        lambda: _outline(course_key, language),
        SECONDS,
    )


def entry_of(activity: Activity, language: str) -> Entry | None:
    """Return the activity as readers of `language` see it, if it is live there."""
    entries = outline(activity.course_id, language)
    return next((entry for entry in entries if entry.key == activity.pk), None)


def _outline(course_key: UUID, language: str) -> list[Entry]:
    pages = list(_live_pages(course_key))
    source = [row for row in pages if _language(row) == settings.LANGUAGE_CODE]
    numbers = dict(_numbered(source))
    shown = [row for row in pages if _language(row) == language]
    modules = {row["path"]: row for row in shown if _is_module(row)}
    return [
        _entry(row, numbers=numbers, module=modules.get(row["path"][: -Page.steplen]))
        for row in shown
        if _is_activity(row) and _is_reached(row, modules)
    ]


def _live_pages(course_key: UUID) -> Iterator[Row]:
    """Yield what lies below the live pages of the course, in every language."""
    courses = Page.objects.live().filter(
        translation_key=course_key, coursepage__isnull=False
    )
    for course in courses:
        pages = Page.objects.live().descendant_of(course).order_by("path")
        for row in pages.values(*FACTS):
            yield row | {"course": course}


def _numbered(rows: list[Row]) -> Iterator[tuple[UUID, str]]:
    """Yield key → number: a pre-test none, modules 1, 2 …, in them 1.1 …, then tests.

    Cases and the final test are counted on after the modules before them.
    """
    module = place = 0
    inside = None
    for row in rows:
        if _is_module(row):
            module, place, inside = module + 1, 0, row["path"]
            yield row["translation_key"], str(module)
        elif _is_activity(row) and _in_course(row):
            before = row["quizpage__purpose"] == Activity.Kind.PRETEST
            module, inside = module + (not before), None
            yield row["translation_key"], "" if before else str(module)
        elif _is_activity(row) and inside and row["path"].startswith(inside):
            place += 1
            yield row["translation_key"], f"{module}.{place}"


def _entry(row: Row, *, numbers: dict[UUID, str], module: Row | None) -> Entry:
    return Entry(
        key=row["translation_key"],
        kind=_kind(row),
        number=numbers.get(row["translation_key"], ""),
        title=row["title"],
        url=url_of(row["url_path"], _language(row)),
        minutes=row["lessonpage__minutes"] or row["casepage__minutes"] or 0,
        revision=row["live_revision_id"],
        module_number=numbers.get(module["translation_key"], "") if module else "",
        module_title=module["title"] if module else "",
        module_key=module["translation_key"] if module else None,
    )


def _language(row: Row) -> str:
    return row["locale__language_code"]


def _kind(row: Row) -> str:
    if row["casepage__minutes"] is not None:
        return Activity.Kind.CASE
    return row["quizpage__purpose"] or Activity.Kind.LESSON


def _is_module(row: Row) -> bool:
    return row["modulepage__summary"] is not None


def _is_activity(row: Row) -> bool:
    minutes = row["lessonpage__minutes"] or row["casepage__minutes"]
    return bool(row["quizpage__purpose"] or minutes)


def _in_course(row: Row) -> bool:
    return row["depth"] == row["course"].depth + 1


def _is_reached(row: Row, modules: dict[str, Row]) -> bool:
    """Whether the reader can get there: not below a module that is taken down."""
    return _in_course(row) or row["path"][: -Page.steplen] in modules
