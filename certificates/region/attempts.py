"""What did an invented person answer in a test? Rows as a test leaves them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    EditionActivity,
    Enrolment,
    QuestionVersion,
)
from courses.questions import rules as questions
from courses.questions.kinds import kind_of
from courses.quizzes import modules_asked, questions_of
from courses.rules import Grade
from courses.syllabus import syllabuses

TAKES = {
    Activity.Kind.PRETEST: timedelta(minutes=2),
    Activity.Kind.FINAL: timedelta(minutes=25),
}
# One question of so many is hard: most of what is wrong is wrong there.
HARD_ONE_OF = 7
EASE = {True: 0.1, False: 1.0}


def versions_of(edition: int, track: str, kind: str) -> Sequence[QuestionVersion]:
    """Return what a test of that kind draws from for a track of the edition."""
    rows = syllabuses({edition})[edition]
    live = questions_of(
        kind,
        module=None,
        modules=modules_asked(kind, rows, track=track),
        edition=edition,
    ).with_current_version()
    keys = [question.current for question in live if question.current]
    versions = QuestionVersion.objects.filter(pk__in=keys).select_related("question")
    return list(versions.order_by("pk"))


def points_of(out_of: int, pass_mark: int, *, passes: bool, dice: Random) -> int:
    """Return how many points an attempt has that passes, or does not."""
    needed = Grade(0, out_of, pass_mark).points_to_pass
    lowest, highest = (needed, out_of) if passes else (needed // 2, needed - 1)
    return dice.randint(lowest, highest)


def write_attempt(
    enrolment: Enrolment,
    row: EditionActivity,
    *,
    number: int,
    asked: Sequence[QuestionVersion],
    points: int,
    at: datetime,
    dice: Random,
) -> None:
    """Write an attempt handed in at that moment, with so many questions right."""
    grade = Grade(points, len(asked), enrolment.edition.pass_mark)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        activity=row.activity,
        number=number,
        titles=row.titles,
        pass_mark=grade.pass_mark,
        started_at=max(at - TAKES[row.activity.kind], enrolment.enrolled_at),
        saved_at=at,
        submitted_at=at,
        points=grade.points,
        out_of=grade.out_of,
        passed=grade.passed,
    )
    right = _known(asked, points, dice)
    AttemptItem.objects.bulk_create(
        _item(attempt, position, version, is_right=position in right, dice=dice)
        for position, version in enumerate(asked)
    )


def _known(asked: Sequence[QuestionVersion], points: int, dice: Random) -> set[int]:
    """Return the places of the questions that are known, hard ones seldom."""
    drawn = {
        place: dice.random() * EASE[version.question_id.int % HARD_ONE_OF == 0]
        for place, version in enumerate(asked)
    }
    return set(sorted(drawn, key=lambda place: drawn[place], reverse=True)[:points])


def _item(
    attempt: Attempt,
    position: int,
    version: QuestionVersion,
    *,
    is_right: bool,
    dice: Random,
) -> AttemptItem:
    document = version.document
    kind = kind_of(document)
    answer = kind.right_answer(document) if is_right else kind.wrong_answer(document)
    return AttemptItem(
        attempt=attempt,
        position=position + 1,
        version=version,
        shown=questions.order_shown(document, chance=dice),
        answer=answer,
        answered_at=attempt.submitted_at,
        points=questions.points_for(document, answer),
    )
