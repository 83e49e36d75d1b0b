"""What did an invented person do in a course, and when? Stories, and their rows.

Every row is one that the actions would have written; what was answered is drawn from
the questions that the edition asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random

from certificates.actions import issue
from certificates.models import Certificate
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    Completion,
    Edition,
    EditionActivity,
    Enrolment,
    QuestionVersion,
)
from courses.questions import rules as questions
from courses.quizzes import how_many, modules_asked, questions_of
from courses.rules import Grade
from courses.syllabus import syllabuses
from lms.people.models import User

MINUTES_FOR_A_TEST = 25


@dataclass(frozen=True, slots=True)
class Story:
    """How far somebody came in a course: `share` of its lessons, tests failed, passed.

    `last_at` is when they last did something; who passed did that then.
    """

    learner: User
    edition: Edition
    enrolled_at: datetime
    last_at: datetime
    share: float
    failed: int = 0
    passed: bool = False


def tell(stories: Iterable[Story], *, dice: Random) -> list[Certificate]:
    """Write the rows of these stories; return the certificates that came of them."""
    stories = [story for story in stories if story.learner.track]
    enrolments = [_enrolment(story) for story in stories]
    Enrolment.objects.bulk_create(enrolments)
    told = list(zip(stories, enrolments, strict=True))
    Completion.objects.bulk_create(
        row for story, enrolment in told for row in _completions(story, enrolment)
    )
    drawn_from = _drawn_from({(story.edition.pk, one.track) for story, one in told})
    for story, enrolment in told:
        asked = drawn_from[story.edition.pk, enrolment.track]
        for number in range(1, story.failed + story.passed + 1):
            _attempt(story, enrolment, number, asked=asked, dice=dice)
    return [
        issue(enrolment, at=story.last_at) for story, enrolment in told if story.passed
    ]


def _enrolment(story: Story) -> Enrolment:
    posts = story.learner.affiliations.filter(from_on__lte=story.enrolled_at)
    return Enrolment(
        learner=story.learner,
        course_id=story.edition.course_id,
        edition=story.edition,
        track=story.learner.track,
        affiliation=posts.order_by("-from_on").first(),
        enrolled_at=story.enrolled_at,
        completed_at=story.last_at if story.passed else None,
    )


def _completions(story: Story, enrolment: Enrolment) -> list[Completion]:
    rows = _required(story.edition, enrolment.track)
    lessons = [row for row in rows if row.activity.kind != Activity.Kind.FINAL]
    done = lessons[: ceil(story.share * len(lessons))]
    # What they did last is a lesson, unless they took the test.
    steps = len(done) + bool(story.failed or story.passed)
    step = (story.last_at - story.enrolled_at) / max(steps, 1)
    told = [
        _completion(row, enrolment, at=story.enrolled_at + step * number)
        for number, row in enumerate(done, start=1)
    ]
    if story.passed:
        final = _final(story.edition)
        told.append(_completion(final, enrolment, at=story.last_at))
    return told


def _completion(
    row: EditionActivity, enrolment: Enrolment, *, at: datetime
) -> Completion:
    language = enrolment.learner.language
    return Completion(
        enrolment=enrolment,
        activity_id=row.activity_id,
        at=at,
        language=language,
        revision=row.revisions.get(language),
    )


def _required(edition: Edition, track: str) -> list[EditionActivity]:
    return [
        row for row in syllabuses({edition.pk})[edition.pk] if track in row.required_for
    ]


def _final(edition: Edition) -> EditionActivity:
    rows = syllabuses({edition.pk})[edition.pk]
    return next(row for row in rows if row.activity.kind == Activity.Kind.FINAL)


def _attempt(
    story: Story,
    enrolment: Enrolment,
    number: int,
    *,
    asked: Sequence[QuestionVersion],
    dice: Random,
) -> None:
    """Write one attempt at the final test, the last of them perhaps passed."""
    passes = story.passed and number == story.failed + 1
    final, left = _final(story.edition), story.failed + story.passed - number
    submitted_at = story.last_at - left * timedelta(days=2)
    drawn = dice.sample(
        asked,
        how_many(final.activity.kind, draw=story.edition.draw, available=len(asked)),
    )
    grade = _grade(len(drawn), story.edition.pass_mark, passes=passes, dice=dice)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        activity=final.activity,
        number=number,
        titles=final.titles,
        pass_mark=story.edition.pass_mark,
        started_at=submitted_at - timedelta(minutes=MINUTES_FOR_A_TEST),
        saved_at=submitted_at,
        submitted_at=submitted_at,
        points=grade.points,
        out_of=grade.out_of,
        passed=grade.passed,
    )
    right = set(dice.sample(range(len(drawn)), grade.points))
    AttemptItem.objects.bulk_create(
        _item(attempt, position, version, is_right=position in right, dice=dice)
        for position, version in enumerate(drawn)
    )


def _grade(out_of: int, pass_mark: int, *, passes: bool, dice: Random) -> Grade:
    needed = Grade(0, out_of, pass_mark).points_to_pass
    lowest, highest = (needed, out_of) if passes else (needed // 2, needed - 1)
    return Grade(dice.randint(lowest, highest), out_of, pass_mark)


def _item(
    attempt: Attempt,
    position: int,
    version: QuestionVersion,
    *,
    is_right: bool,
    dice: Random,
) -> AttemptItem:
    document = version.document
    shown = questions.order_shown(document, chance=dice)
    answer = document["correct"] if is_right else _wrong(document)
    return AttemptItem(
        attempt=attempt,
        position=position + 1,
        version=version,
        shown=shown,
        answer=answer,
        answered_at=attempt.submitted_at,
        points=questions.points_for(document, answer),
    )


def _wrong(document: questions.Document) -> questions.Answer:
    """Return a whole answer that earns nothing."""
    correct, keys = document["correct"], questions.keys_of(document)
    match document["type"]:
        case questions.Kind.MATCHING:
            return dict(zip(correct, reversed(correct.values()), strict=True))
        case questions.Kind.ORDERING:
            return correct[::-1]
        case questions.Kind.MULTIPLE:
            return [keys[0]] if set(correct) != {keys[0]} else keys[:2]
        case _:
            return [next(key for key in keys if key not in correct)]


def _drawn_from(
    asking: Iterable[tuple[int, str]],
) -> dict[tuple[int, str], Sequence[QuestionVersion]]:
    """Return what the final test of each edition draws from for each track."""
    return {(edition, track): _versions(edition, track) for edition, track in asking}


def _versions(edition: int, track: str) -> Sequence[QuestionVersion]:
    rows = syllabuses({edition})[edition]
    kind = Activity.Kind.FINAL
    live = questions_of(
        kind, module=None, modules=modules_asked(kind, rows, track=track)
    ).with_current_version()
    keys = [question.current for question in live if question.current]
    return list(QuestionVersion.objects.filter(pk__in=keys).order_by("pk"))
