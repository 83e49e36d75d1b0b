"""What a handed-in attempt tells: the score, and the key once it may be seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from courses import rules
from courses.models import Activity, Attempt, AttemptItem, LessonPage
from courses.questions.kinds import kind_of
from courses.questions.pictures import Picture, picture_of
from courses.questions.rules import percent_of
from courses.questions.words import key_lines_of, lines_of, mistakes_of, text_of
from courses.quizzes import allowance_for, has_passed
from courses.rules import Allowance, Grade
from lms.people.records import Person


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is told about a question once the policy allows it."""

    is_right: bool
    percent: int  # of its point that was earned
    right: list[str]
    feedback: str
    source: str
    mistakes: list[str]  # which ones the answer makes, where its options say so


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of an attempt and what the learner answered."""

    position: int
    stem: str
    is_order: bool
    answer: list[str]
    explanation: Explanation | None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """An attempt as handed in; `lessons` are the keys of those worth another look."""

    grade: Grade
    kind: str
    released: bool
    allowance: Allowance
    begun: Attempt | None
    answered: list[Answered]
    lessons: set[UUID]

    @property
    def has_passed(self) -> bool:
        """Whether there is nothing to take again: a practice check asks no mark."""
        return self.grade.passed or not self.is_final

    @property
    def is_final(self) -> bool:
        return self.kind == Activity.Kind.FINAL

    @property
    def is_pretest(self) -> bool:
        return self.kind == Activity.Kind.PRETEST


def results_of(attempt: Attempt, *, language: str, at: datetime) -> Results:
    """Return what may be told now about an attempt that was handed in."""
    items = list(attempt.items.with_version())
    test = _test_behind(attempt)
    begun = _open_at(test, attempt)
    released = rules.feedback_is_released(
        submitted=not attempt.is_open,
        is_practice=attempt.activity.kind == Activity.Kind.PRACTICE,
        passed=has_passed(attempt.enrolment, test),
        another_open=begun is not None,
    )
    return Results(
        grade=Grade(attempt.points, attempt.out_of, attempt.pass_mark),
        kind=attempt.activity.kind,
        released=released,
        allowance=allowance_for(attempt.enrolment, activity=test, at=at),
        begun=begun,
        answered=[_answered(item, language, released=released) for item in items],
        lessons=_lessons_to_review(attempt, items),
    )


def _test_behind(attempt: Attempt) -> Activity:
    """Return the test whose next attempt a key would serve: a pre-test's is the final.

    It asks the same questions again. An edition may have two from the time when a
    second was not refused: then the one that is still to be passed.
    """
    if attempt.activity.kind != Activity.Kind.PRETEST:
        return attempt.activity
    rows = attempt.enrolment.edition.activities.select_related("activity")
    finals = [row.activity for row in rows.filter(activity__kind=Activity.Kind.FINAL)]
    owed = (one for one in finals if not has_passed(attempt.enrolment, one))
    return next(owed, finals[-1])


def _open_at(test: Activity, attempt: Attempt) -> Attempt | None:
    """Return the learner's open attempt at the test, in whatever enrolment."""
    return (
        Attempt.objects.filter(
            activity=test, enrolment__learner=attempt.enrolment.learner_id
        )
        .open()
        .first()
    )


def _lessons_to_review(attempt: Attempt, items: list[AttemptItem]) -> set[UUID]:
    """Return the lessons of what was not right; a pre-test gives nothing away."""
    if attempt.activity.kind == Activity.Kind.PRETEST:
        return set()
    return {
        item.version.question.lesson
        for item in items
        if not item.points and item.version.question.lesson
    }


def objectives_of(lessons: set[UUID], *, language: str) -> dict[UUID, list[str]]:
    """Return what each live lesson among these is to teach, in its own words."""
    pages = LessonPage.objects.live().filter(
        translation_key__in=lessons, locale__language_code=language
    )
    return {
        page.translation_key: [point.value for point in page.objectives]
        for page in pages.only("translation_key", "objectives")
    }


def _answered(item: AttemptItem, language: str, *, released: bool) -> Answered:
    document = item.version.document
    return Answered(
        position=item.position,
        stem=text_of(document["stem"], language),
        is_order=kind_of(document).is_order,
        answer=lines_of(document, item.answer, language),
        explanation=explanation_of(item, language) if released else None,
        picture=picture_of(document, language),
    )


def explanation_of(item: AttemptItem, language: str) -> Explanation:
    """Return what a learner is told of a question once they may know its key."""
    document = item.version.graded_by
    return Explanation(
        is_right=bool(item.points),
        percent=percent_of(item.earned or 0),
        right=key_lines_of(document, document["correct"], language),
        feedback=text_of(document["feedback"], language),
        source=text_of(document["source"], language),
        mistakes=mistakes_of(document, item.answer, language),
    )


def attempts(person: Person, language: str) -> list[dict[str, Any]]:
    """Return how the person's tests went; only of a final one whether it is passed."""
    rows = Attempt.objects.filter(enrolment__learner=person.pk)
    final = Activity.Kind.FINAL
    return [
        {
            _("title"): text_of(row.titles, language),
            _("number"): row.number,
            _("begun"): row.started_at,
            _("handed in"): row.submitted_at,
            _("handed in by the clock"): row.by_clock if row.submitted_at else None,
            _("points"): row.points,
            _("of"): row.out_of,
            _("passed"): row.passed if row.activity.kind == final else None,
        }
        for row in rows.select_related("activity").order_by("pk")
    ]
