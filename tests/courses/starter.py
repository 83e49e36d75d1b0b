"""The starter content as it is written on disk, read without a database."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from courses.loader.files import PageFile, read_page
from courses.loader.reasons import Reasons

ROOT = settings.BASE_DIR / "fixtures"
LANGUAGES = ["es", "en"]
# Names, addresses and choices: what nobody reads as text.
FACTS = {
    "key",
    "id",
    "kind",
    "code",
    "slug",
    "tone",
    "topic",
    "purpose",
    "review_by",
    "drawing",
    "required_for",
    "recommended_for",
    # of cases
    "number",
    "next",
    "roles",
    "last_for",
}


def pages() -> list[dict[str, PageFile]]:
    """Return every page, a file for each language."""
    return _read()[0]


def complaints() -> list[str]:
    """Return what the loader has to say against the files."""
    return _read()[1]


@cache
def _read() -> tuple[list[dict[str, PageFile]], Reasons]:
    reasons = Reasons()
    found = [
        {language: _page(path, language, reasons) for language in LANGUAGES}
        for path in sorted((ROOT / "courses").rglob("*.es.md"))
    ]
    return [files for files in found if all(files.values())], reasons


def _page(path: Path, language: str, reasons: Reasons) -> PageFile | None:
    path = path.with_name(path.name.replace(".es.md", f".{language}.md"))
    name = str(path.relative_to(ROOT))
    return read_page(path, name=name, language=language, reasons=reasons)


def lessons() -> list[dict[str, PageFile]]:
    return [files for files in pages() if files["es"].kind == "lesson"]


def cases() -> list[dict[str, PageFile]]:
    return [files for files in pages() if files["es"].kind == "case"]


def lesson_files() -> list[PageFile]:
    return [files[language] for files in lessons() for language in LANGUAGES]


def courses() -> list[str]:
    """Return the folders of the courses, which name them in the tests."""
    return sorted(
        path.parent.name for path in (ROOT / "courses").glob("*/course.es.md")
    )


def course_of(files: dict[str, PageFile]) -> str:
    """Return the folder of the course that a page belongs to."""
    return files["es"].name.split("/")[1]


def lessons_of(course: str) -> list[dict[str, PageFile]]:
    return [files for files in lessons() if course_of(files) == course]


def name_of(files: dict[str, PageFile] | PageFile) -> str:
    """Return what a test calls a page: the end of its path."""
    file = files if isinstance(files, PageFile) else files["es"]
    return "/".join(file.name.split("/")[-2:])


@cache
def questions() -> list[dict]:
    """Return the questions of every module, each with the names of its folders."""
    return [
        question | {"folder": path.parent.name, "course": path.parts[-3]}
        for path in sorted((ROOT / "courses").rglob("questions.json"))
        for question in json.loads(path.read_text(encoding="utf-8"))["questions"]
    ]


def questions_of(course: str) -> list[dict]:
    return [question for question in questions() if question["course"] == course]


@cache
def notes() -> list[dict]:
    """Return the notes of every country."""
    return [
        note
        for path in sorted((ROOT / "country_notes").glob("*.yaml"))
        for note in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@cache
def terms() -> list[dict]:
    """Return the words of the glossary."""
    return yaml.safe_load((ROOT / "glossary.yaml").read_text(encoding="utf-8"))


@cache
def checklists() -> list[dict]:
    """Return the checklists by which practice is observed."""
    paths = sorted((ROOT / "practice").glob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def said_in(question: dict) -> Iterator[dict[str, str]]:
    """Yield each text of a question that its reader sees, in every language."""
    document = question["document"]
    options = document["options"]
    if isinstance(options, dict):
        options = options["left"] + options["right"]
    yield from (document["stem"], document["feedback"], *options)


def texts_of(value, *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the texts of a piece of a page, except those of some names."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in FACTS | without:
                yield from texts_of(part, without=without)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, without=without)
    elif isinstance(value, str):
        yield value
