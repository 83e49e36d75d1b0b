"""What the front matter of each kind of page says, and which field keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.drawings import Drawing
from courses.models import (
    CasePage,
    CataloguePage,
    CoursePage,
    LessonPage,
    ModulePage,
    QuizPage,
    Reviewer,
)
from lms.people.choices import Track


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the front matter: `field` keeps it, every language has its own text.

    A `shared` entry is a fact: it stands in each file and is the same in all of them.
    """

    name: str
    field: str
    type: type = str
    shared: bool = False
    optional: bool = False


def _text(name: str, *, optional: bool = False) -> Entry:
    return Entry(name, name, optional=optional)


def _fact(name: str, kind: type, *, field: str = "", optional: bool = False) -> Entry:
    return Entry(name, field or name, kind, shared=True, optional=optional)


def _points(name: str) -> Entry:
    return Entry(name, name, list)


TITLE_AND_SLUG = [_text("title"), _text("slug")]
MODELS = {
    "catalogue": CataloguePage,
    "course": CoursePage,
    "module": ModulePage,
    "lesson": LessonPage,
    "quiz": QuizPage,
    "case": CasePage,
}
FRONT: dict[str, list[Entry]] = {
    "catalogue": [*TITLE_AND_SLUG, _text("intro")],
    "course": [
        *TITLE_AND_SLUG,
        _text("summary"),
        _text("audience"),
        _text("issuer"),
        _text("authors", optional=True),
        _points("outcomes"),
        _fact("code", str),
        _fact("norms_on", date),
        _fact("pass_mark", int),
        _fact("attempts", int, field="attempts_allowed"),
        _fact("wait_days", int),
        _fact("validity_months", int),
        _fact("final_minutes", int, optional=True),
        _fact("drawing", str, optional=True),
    ],
    "module": [
        *TITLE_AND_SLUG,
        _text("summary"),
        _fact("required_for", list),
        _fact("recommended_for", list),
    ],
    "lesson": [
        *TITLE_AND_SLUG,
        _text("summary"),
        _text("content_note", optional=True),
        _fact("review_by", str),
        _points("objectives"),
    ],
    "quiz": [
        *TITLE_AND_SLUG,
        _text("summary"),
        _fact("purpose", str),
        # The number of questions is a rule of the course; it is written at its test.
        Entry("draw", "", int, shared=True, optional=True),
    ],
    "case": [
        *TITLE_AND_SLUG,
        _text("summary"),
        _text("content_note"),
        _text("other_role"),
        _fact("required_for", list),
        _fact("review_by", str),
    ],
}
# Pages that are read block by block.
WITH_BLOCKS = {"lesson", "case"}
ONE_OF = {"drawing": Drawing.values, "review_by": Reviewer.values}
TYPE_NAMES: dict[type, str] = {
    str: "a text",
    int: "a number",
    date: "a day (2026-11-24)",
    list: "a list",
}


def problem_with(entry: Entry, value: Any) -> str | None:
    """Return what is wrong with a value of the front matter, or None."""
    if value is None or value == "":
        return None if entry.optional else f"{entry.name} is missing"
    if type(value) is not entry.type:
        return f"{entry.name} is {value!r}; write {TYPE_NAMES[entry.type]}"
    if entry.name in {"required_for", "recommended_for"} and (
        unknown := [track for track in value if track not in Track.values]
    ):
        return f"{entry.name} names no track: {unknown}; known: {Track.values}"
    known = ONE_OF.get(entry.name)
    if known and value not in known:
        return f"{entry.name} is {value!r}; known: {known}"
    return None
