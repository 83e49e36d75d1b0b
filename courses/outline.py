"""What a course holds in a language, in reading order: lessons, quizzes, cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db.models import Q
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.identity import Activity
from courses.reach import PART_DEPTH, of_its_course, open_pages

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
TURNS = {Activity.Kind.PRETEST: -1, Activity.Kind.FINAL: 1}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity that a course asks, as readers of one language reach it."""

    key: UUID
    kind: str
    number: str
    title: str
    url: str
    language: str  # of the page, when it is not the one that was asked for
    minutes: int
    revision: int | None
    module_number: str
    module_title: str
    module_key: UUID | None


def turn_of(purpose: str | None) -> int:
    """Return what tests are sorted by: before the rest of the course, or after it."""
    return TURNS.get(purpose, 0)


def outline(course_key: UUID, language: str) -> list[Entry]:
    """Return what the course asks, as readers of `language` reach it, in their order.

    What lacks a translation stands there in the original. Numbers are those of the
    original, so that they agree in every language.
    """
    return caches["pages"].get_or_set(
        f"outline:{course_key}:{language}",
        lambda: _outline(course_key, language),
        SECONDS,
    )


def numbers_below(page: Page) -> dict[UUID, str]:
    """Return the number of each module and activity of the course that a page is in."""
    course = page.get_ancestors(inclusive=True).filter(coursepage__isnull=False).first()
    if course is None:
        return {}
    entries = outline(course.translation_key, course.locale.language_code)
    modules = {one.module_key: one.module_number for one in entries}
    return modules | {one.key: one.number for one in entries}


def entry_of(activity: Activity, language: str) -> Entry | None:
    """Return the activity as readers of `language` reach it, if it is asked."""
    entries = outline(activity.course_id, language)
    return next((entry for entry in entries if entry.key == activity.pk), None)


def _outline(course_key: UUID, language: str) -> list[Entry]:
    rows = list(_rows(course_key))
    own = {row["translation_key"]: row for row in _in(language, rows)}
    original = _in(settings.LANGUAGE_CODE, rows) or list(own.values()) or rows
    original.sort(key=_turn)  # wherever an editor put them
    numbers = dict(_numbered(original))
    modules = {row["path"]: row for row in original if _is_module(row)}
    entries = []
    for row in [*filter(_is_activity, original), *_finals_left(own, original)]:
        module = modules.get(row["path"][: -Page.steplen])
        entries.append(
            _entry(
                own.get(row["translation_key"], row),
                language=language,
                numbers=numbers,
                module=module and own.get(module["translation_key"], module),
            )
        )
    return entries


def _rows(course_key: UUID) -> Iterable[Row]:
    """Return the course, its modules and activities that are reached, by path."""
    pages = open_pages(Page.objects.all()).filter(
        Q(coursepage__isnull=False) | Q(modulepage__isnull=False) | of_its_course(),
        course_key=course_key,
    )
    return pages.order_by("path").values(*FACTS)


def _in(language: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["locale__language_code"] == language]


def _finals_left(own: dict[UUID, Row], original: list[Row]) -> Iterator[Row]:
    """Yield the final tests of the language alone: a final test is always asked."""
    keys = {row["translation_key"] for row in original}
    for key, row in own.items():
        if row["quizpage__purpose"] == Activity.Kind.FINAL and key not in keys:
            yield row


def _numbered(rows: list[Row]) -> Iterator[tuple[UUID, str]]:
    """Yield key → number: a pre-test none, modules 1, 2 …, in them 1.1 …, then tests.

    Cases and the final test are counted on after the modules before them.
    """
    module = place = 0
    for row in rows:
        if _is_module(row):
            module, place = module + 1, 0
            yield row["translation_key"], str(module)
        elif _is_activity(row) and row["depth"] == PART_DEPTH:
            before = _is_pretest(row)
            module += not before
            yield row["translation_key"], "" if before else str(module)
        elif _is_activity(row):
            place += 1
            yield row["translation_key"], f"{module}.{place}"


def _entry(
    row: Row, *, language: str, numbers: dict[UUID, str], module: Row | None
) -> Entry:
    code = row["locale__language_code"]
    return Entry(
        key=row["translation_key"],
        kind=_kind(row),
        number=numbers.get(row["translation_key"], ""),
        title=row["title"],
        url=url_of(row["url_path"], code),
        language="" if code == language else code,
        minutes=row["lessonpage__minutes"] or row["casepage__minutes"] or 0,
        revision=row["live_revision_id"],
        module_number=numbers.get(module["translation_key"], "") if module else "",
        module_title=module["title"] if module else "",
        module_key=module["translation_key"] if module else None,
    )


def _kind(row: Row) -> str:
    if row["casepage__minutes"] is not None:
        return Activity.Kind.CASE
    return row["quizpage__purpose"] or Activity.Kind.LESSON


def _turn(row: Row) -> int:
    return turn_of(row["quizpage__purpose"])


def _is_pretest(row: Row) -> bool:
    return row["quizpage__purpose"] == Activity.Kind.PRETEST


def _is_module(row: Row) -> bool:
    return row["modulepage__summary"] is not None


def _is_activity(row: Row) -> bool:
    minutes = row["lessonpage__minutes"] or row["casepage__minutes"]
    return bool(row["quizpage__purpose"] or minutes)
