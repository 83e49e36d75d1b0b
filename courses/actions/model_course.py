"""A new course that begins as the model: drafts which say what belongs where."""

from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from courses.models import (
    CataloguePage,
    Course,
    CoursePage,
    LessonPage,
    ModulePage,
    QuizPage,
)
from lms.people.choices import Track
from lms.people.models import User
from lms.refusals import Refused

FILE = settings.BASE_DIR / "fixtures" / "model_course.yaml"


@transaction.atomic
def begin_from_model(
    home: CataloguePage, *, title: str, code: str, by: User, on: date
) -> CoursePage:
    """Make the course below the catalogue, all of it a draft, and return it.

    Raises `Refused` when the code is taken, by a draft too; a title whose address is
    taken is refused by the page itself. Either way nothing is made.
    """
    drafts = CoursePage.objects.filter(code=code)
    if drafts.exists() or Course.objects.filter(code=code).exists():
        raise Refused("code-taken")
    model = _model()
    course = _draft(
        home,
        CoursePage(
            title=title,
            code=code,
            norms_on=on,
            **model["course"] | {"outcomes": _points(model["course"]["outcomes"])},
        ),
        by,
    )
    _quiz(course, model["pretest"], QuizPage.Purpose.PRETEST, by)
    for number, written in enumerate(model["modules"]):
        module = _module(course, written, model["lesson"], by)
        if number == 0:
            _quiz(module, model["practice"], QuizPage.Purpose.PRACTICE, by)
    _quiz(course, model["final"], QuizPage.Purpose.FINAL, by)
    return course


@cache
def _model() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _module(course: CoursePage, written: dict, lesson: dict, by: User) -> ModulePage:
    module = _draft(
        course,
        ModulePage(
            title=written["title"],
            summary=written["summary"],
            required_for=list(Track.values),
        ),
        by,
    )
    page = LessonPage(
        title=written["lesson"],
        summary=lesson["summary"],
        objectives=_points(lesson["objectives"]),
        body=lesson["body"],
    )
    _draft(module, page, by)
    return module


def _quiz(parent: Page, written: dict, purpose: QuizPage.Purpose, by: User) -> None:
    _draft(parent, QuizPage(purpose=purpose, **written), by)


def _draft(parent: Page, page: Page, by: User) -> Any:
    """Keep a page that nobody can read yet; its history says who began it."""
    page.live = False
    page.has_unpublished_changes = True
    page.owner = by
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def _points(sentences: list[str]) -> list[dict[str, str]]:
    return [{"type": "point", "value": sentence} for sentence in sentences]
