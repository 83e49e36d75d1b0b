"""What is in the bank, and what are the places called in which a question belongs?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery, Sum
from wagtail.models import Page

from courses.analysis.rules import ENOUGH
from courses.itembank.rules import Entry, state_of
from courses.lines.rules import objective_key
from courses.models import (
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    QuestionTag,
    QuestionVersion,
    Tally,
)

STEP = Page.steplen
VERSIONS = QuestionVersion.objects.filter(question=OuterRef("pk"))
NEWEST, OLDEST = VERSIONS.order_by("-number"), VERSIONS.order_by("number")


@dataclass(frozen=True, slots=True)
class Place:
    """A course, a module or a lesson: what it is called, and what stands in it."""

    key: str
    title: str
    inside: dict[str, "Place"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Every course by its key, and what each key of a place is called."""

    courses: dict[str, Place]
    titles: dict[str, str]
    course_of: dict[UUID, str]  # of a module


def places_in(language: str) -> Places:
    """Return where a question may belong, in the order of the courses.

    The title is that of the language; where it is not translated, the original's.
    """
    pages = list(_pages())
    titles = {str(row["key"]): row["title"] for row in _first(pages, language)}
    courses: dict[str, Place] = {}
    at: dict[str, Place] = {}
    course_of: dict[UUID, str] = {}
    for row in pages:
        if row["language"] != settings.LANGUAGE_CODE:
            continue
        key, code = str(row["key"]), row["code"]
        if code:
            titles[key] = f"{code}: {titles[key]}"
        place = at[row["path"]] = Place(key, titles[key])
        above = at.get(row["path"][:-STEP])
        if code:
            courses[key] = place
        elif above:
            above.inside[key] = place
            course_of.setdefault(row["key"], above.key)
    _add_objectives(at.values(), titles, language)
    return Places(courses, titles, course_of)


def _add_objectives(
    places: Iterable[Place], titles: dict[str, str], language: str
) -> None:
    """Let each lesson hold its objectives, in the words of the language."""
    rows = LessonPage.objects.values_list(
        "translation_key", "locale__language_code", "objectives"
    )
    said = {}
    for key, written_in, points in rows:
        if written_in == language or str(key) not in said:
            said[str(key)] = [point.value for point in points]
    for place in places:
        for number, text in enumerate(said.get(place.key, []), start=1):
            key = objective_key(place.key, number)
            titles[key] = text
            place.inside[key] = Place(key, text)


def _pages():
    """Return courses, modules and lessons of all languages, by their place."""
    kinds = ContentType.objects.get_for_models(CoursePage, ModulePage, LessonPage)
    pages = Page.objects.filter(content_type__in=kinds.values())
    return pages.order_by("path").values(
        "path",
        "title",
        key=F("translation_key"),
        language=F("locale__language_code"),
        code=F("coursepage__code"),
    )


def _first(pages: list[dict], language: str) -> list[dict]:
    """Return the pages so that what a reader of the language reads comes last."""
    return sorted(pages, key=lambda row: row["language"] == language)


def entries(places: Places) -> list[Entry]:
    """Return every question of the bank, by code."""
    rows = Question.objects.order_by("code").values(
        "pk",
        "code",
        "module",
        "lesson",
        "objective",
        "use",
        "anchor",
        "retired_at",
        version=Subquery(NEWEST.values("pk")[:1]),
        number=Subquery(NEWEST.values("number")[:1]),
        changed_at=Subquery(NEWEST.values("made_at")[:1]),
        begun_at=Subquery(OLDEST.values("made_at")[:1]),
        document=Subquery(NEWEST.values("document")[:1]),
    )
    measured, tags = facilities(), tags_of_all()
    return [
        Entry(
            key=row["pk"],
            code=row["code"],
            number=row["number"],
            changed_at=row["changed_at"],
            course=places.course_of.get(row["module"], ""),
            module=row["module"],
            lesson=row["lesson"],
            use=row["use"],
            state=state_of(retired_at=row["retired_at"], begun_at=row["begun_at"]),
            facility=measured.get(row["version"]),
            document=row["document"],
            objective=row["objective"],
            tags=tuple(tags[row["pk"]]),
            anchor=row["anchor"],
        )
        for row in rows
        if row["version"]
    ]


def tags_of_all() -> dict[UUID, list[str]]:
    """Return the tags of each question that has any, in their order."""
    found = defaultdict(list)
    for question, word in QuestionTag.objects.values_list("question", "word"):
        found[question].append(word)
    return found


def facilities() -> Mapping[int, float]:
    """Return the share of right answers of each version that enough were asked."""
    rows = Tally.objects.values("version").annotate(
        right=Sum(F("points") * F("people")), people=Sum("people")
    )
    return {
        row["version"]: row["right"] / row["people"]
        for row in rows.filter(people__gte=ENOUGH)
    }
