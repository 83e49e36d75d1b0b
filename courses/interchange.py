"""Which questions go to another platform, and which does the bank ask already?"""

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Locale

from courses.models import (
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    QuestionVersion,
)
from courses.questions.interchange.documents import brought_of
from courses.questions.interchange.judging import folded
from courses.questions.interchange.neutral import Brought, Kind


@dataclass(frozen=True, slots=True)
class Taken:
    """The questions of a course for a file, and the codes of those it cannot hold."""

    questions: list[Brought]
    left: list[str]


def stems_in_bank() -> dict[str, str]:
    """Return the code of each question by its folded stem, drafts included."""
    return {
        folded(text): question.code
        for question, document in _newest(Question.objects.order_by("-code"))
        for text in document["stem"].values()
        if folded(text)
    }


def questions_to_take(course: CoursePage, kinds: set[Kind]) -> Taken:
    """Return what a course asks of these kinds; drafts stay here."""
    modules = _titles_of_modules(course)
    rows = Question.objects.live().filter(module__in=modules).order_by("code")
    questions, left = [], []
    for question, document in _newest(rows):
        category = f"$course$/top/{course.code}/{modules[question.module]}"
        brought = brought_of(document, name=question.code, category=category)
        if brought and brought.kind in kinds:
            questions.append(brought)
        else:
            left.append(question.code)
    return Taken(questions, left)


def lessons_of(module: UUID) -> list[tuple[str, str]]:
    """Return the lessons of a module as choices, as they were written."""
    pages = ModulePage.objects.filter(
        translation_key=module, locale=Locale.get_default()
    )
    lessons = LessonPage.objects.child_of(pages.get()) if pages else []
    return [(str(one.translation_key), one.title) for one in lessons]


def _titles_of_modules(course: CoursePage) -> dict[UUID, str]:
    pages = ModulePage.objects.child_of(course)
    titles = dict(pages.values_list("translation_key", "title"))
    return {key: title.replace("/", "//") for key, title in titles.items()}


def _newest(rows) -> list[tuple[Question, dict]]:
    """Return each question with the document of its newest version."""
    questions = [one for one in rows.with_current_version() if one.current]
    versions = QuestionVersion.objects.in_bulk([one.current for one in questions])
    return [(one, versions[one.current].document) for one in questions]
