"""Rows whose every text is a script that wants to run, put in as an editor's.

Rich text goes through the editor's own converter, the rest as it is typed.
"""

from typing import Any

from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models

from courses.actions import save_question
from courses.blocks import Topic
from courses.models import (
    CasePage,
    CountryNote,
    CoursePage,
    GlossaryTerm,
    LessonPage,
    QuestionVersion,
    QuizPage,
)
from lms.people.choices import Country
from tests.courses.cases.small import body as case_body
from tests.courses.cases.small import make_case
from tests.factories import KINDS as ASKED
from tests.factories import NOON
from tests.payloads import ALL, PAYLOADS, SHORT, rich

KINDS = [kind for kind in get_page_models() if kind is not Page]
TAG = "<script>hit()</script>"
BOTH = {"es": ALL, "en": ALL}
# Of a question: which file it is, no editor writes.
SHOWN = {"image": None, "file": "questions/x.webp", "width": 9, "height": 9}
SHOWN |= {"alt": {"es": "", "en": ""}}
PICTURE = get_test_image_file(size=(8, 8)).file.getvalue()
# Fields of pages and files that are one text each; a test finds what is missing here.
PLAIN = {
    "audience",
    "authors",
    "code",
    "content_note",
    "description",
    "intro",
    "issuer",
    "other_role",
    "search_description",
    "seo_title",
    "summary",
    "title",
}
# What of a case is no text of an editor's: a choice or a key.
CHOSEN = {"id", "type", "number", "next", "roles", "last_for", "topic"}


def spoil(course: CoursePage) -> None:
    """Put the payloads into every text of the course, which gets a case as well."""
    make_case(course)
    _spoil_bodies(course)
    _spoil_notes()
    _spoil_terms()
    _spoil_questions()
    _spoil_draws(course)
    spoil_titles(ALL[:SHORT])
    course.refresh_from_db()


def _spoil_bodies(course: CoursePage) -> None:
    points = [("point", ALL)]
    course.outcomes = points
    course.save_revision().publish()
    for page in LessonPage.objects.descendant_of(course):
        page.objectives, page.body = points, _lesson_body()
        page.save_revision().publish()
    for page in CasePage.objects.all():
        page.body = spoiled_case(case_body())
        page.save_revision().publish()


def _spoil_notes() -> None:
    for topic in Topic:
        CountryNote.objects.create(
            country=Country.GUATEMALA,
            topic=topic,
            titles=BOTH,
            texts={"es": rich(), "en": rich()},
            sources=[BOTH],
            checked_on="2026-11-01",
            owners=BOTH,
        )


def _spoil_terms() -> None:
    GlossaryTerm.objects.create(
        key="trata",
        names=BOTH,
        words={"es": ["script", "hit()"], "en": ["script", "hit()"]},
        definitions=BOTH,
        sources=BOTH,
        avoid=BOTH,
        whys=BOTH,
    )


def _spoil_draws(course: CoursePage) -> None:
    """Let each quiz draw all of its questions by a tag that is a payload."""
    for quiz in QuizPage.objects.descendant_of(course):
        quiz.draws = [{"type": "line", "value": {"count": len(ASKED), "tag": TAG}}]
        quiz.save_revision().publish()


def _spoil_questions() -> None:
    for version in QuestionVersion.objects.select_related("question"):
        version.question.tags.create(word=TAG)
        save_question(
            version.question_id,
            document=_spoiled_question(version.document | {"picture": SHOWN}),
            facts={"use": version.question.use, "anchor": version.question.anchor},
            by=None,
            at=NOON,
        )


def spoil_titles(text: str) -> None:
    """Put one payload into every field of a page or file that is a plain text."""
    for kind in [*KINDS, get_document_model(), get_image_model()]:
        fields = [field for field in kind._meta.fields if field.name in PLAIN]
        kind.objects.all().update(
            **{field.name: text[: field.max_length] for field in fields}
        )
    Page.objects.filter(depth__gt=1).update(draft_title=text)
    caches["pages"].clear()


def spoil_files(page: LessonPage) -> None:
    """Let the lesson show 40 files, each with a payload for its name and its texts."""
    page.body = [
        block
        for text in PAYLOADS
        for block in (
            ("document", {"document": _document(text), "title": text, "source": text}),
            ("image", _shown(_image(text), text)),
        )
    ]
    page.save_revision().publish()
    caches["pages"].clear()


def _document(text: str):
    file = SimpleUploadedFile(f"{text}.pdf", b"%PDF-1.4")
    return get_document_model().objects.create(title=text, file=file)


def _image(text: str):
    file = SimpleUploadedFile(f"{text}.png", PICTURE)
    return get_image_model().objects.create(title=text, description=text, file=file)


def _shown(image, text: str) -> dict[str, Any]:
    return {
        "image": image,
        "alt": text,
        "decorative": False,
        "caption": text,
        "source": text,
    }


def spoiled_case(raw: Any) -> Any:
    """Return the body of a case with payloads for all its texts."""
    if isinstance(raw, dict):
        return {k: v if k in CHOSEN else spoiled_case(v) for k, v in raw.items()}
    if isinstance(raw, list):
        return [spoiled_case(part) for part in raw]
    return ALL if isinstance(raw, str) else raw


def _spoiled_question(value: Any) -> Any:
    """Return a question's document with payloads for all its texts."""
    if isinstance(value, dict):
        return {
            name: ALL if name in BOTH else _spoiled_question(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_spoiled_question(part) for part in value]
    return value


def _lesson_body() -> list[tuple[str, dict]]:
    """Return a lesson of every kind of block."""
    name = '"><img src=x onerror=hit()>'
    file, picture = _document(name), _image(name)
    for one in (file, picture):
        one.tags.add(ALL[:100])
    cell, text = {"text": ALL}, rich()
    told = {"heading": ALL, "body": text, "instead": text, "source": ALL}
    step = {"heading": ALL, "text": ALL}
    return [
        ("text", told),
        ("note", told | {"tone": "key"}),
        ("steps", {"heading": ALL, "items": [step], "source": ALL}),
        (
            "table",
            {
                "caption": ALL,
                "header": [cell],
                "rows": [{"cells": [cell, cell]}],
                "source": ALL,
            },
        ),
        ("image", _shown(picture, ALL)),
        ("drawing", {"drawing": "age-in-doubt"}),
        (
            "media",
            {
                "file": file,
                "kind": "video",
                "title": ALL,
                "transcript": text,
                "source": ALL,
            },
        ),
        ("document", {"document": file, "title": ALL, "source": ALL}),
        (
            "check",
            {
                "question": ALL,
                "options": [
                    {"text": ALL, "correct": right, "feedback": ALL}
                    for right in (True, False)
                ],
                "source": ALL,
            },
        ),
        ("country", {"topic": "contacts", "heading": ALL, "intro": ALL}),
    ]
