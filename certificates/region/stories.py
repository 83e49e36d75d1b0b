"""What did an invented person do in a course, and when? Stories, and their rows.

Every row is one that the actions would have written; what was answered is drawn from
the questions that the edition asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from random import Random

from certificates.actions import issue
from certificates.models import Certificate
from certificates.region.attempts import points_of, versions_of, write_attempt
from courses.models import (
    Activity,
    Completion,
    Edition,
    EditionActivity,
    Enrolment,
    QuestionVersion,
)
from courses.quizzes import how_many
from courses.rules import drawn
from courses.syllabus import syllabuses
from lms.people.models import User

WITH_PRETEST = 0.8  # of those who begin, how many take the pre-test
KNOWN_BEFORE = 0.45  # of what it asks, how much they know
LONGEST_PAUSE = timedelta(hours=2)  # between enrolling and the pre-test


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
    _take_tests(told, dice)
    return [
        issue(enrolment, at=story.last_at) for story, enrolment in told if story.passed
    ]


def _take_tests(told: Sequence[tuple[Story, Enrolment]], dice: Random) -> None:
    """Write what everybody answered; each set of questions is read once."""
    versions = cache(versions_of)
    pretests = list(_pretests(told, dice))
    for enrolment, row, at in pretests:
        asked = versions(enrolment.edition_id, enrolment.track, row.activity.kind)
        known = sum(dice.random() < KNOWN_BEFORE for _ in asked)
        write_attempt(
            enrolment, row, number=1, asked=asked, points=known, at=at, dice=dice
        )
    Completion.objects.bulk_create(
        _completion(row, enrolment, at=at) for enrolment, row, at in pretests
    )
    for story, enrolment in told:
        if story.failed or story.passed:
            kind = Activity.Kind.FINAL
            asked = versions(story.edition.pk, enrolment.track, kind)
            _take_the_final(story, enrolment, asked=asked, dice=dice)


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
    return next(_tests(edition, Activity.Kind.FINAL))


def _tests(edition: Edition, kind: str) -> Iterator[EditionActivity]:
    rows = syllabuses({edition.pk})[edition.pk]
    return (row for row in rows if row.activity.kind == kind)


def _pretests(
    told: Sequence[tuple[Story, Enrolment]], dice: Random
) -> Iterator[tuple[Enrolment, EditionActivity, datetime]]:
    """Yield who takes the pre-test of their course when: most, and before a lesson."""
    for story, enrolment in told:
        for row in _tests(story.edition, Activity.Kind.PRETEST):
            if story.share and dice.random() < WITH_PRETEST:
                pause = (story.last_at - story.enrolled_at) / 100
                yield enrolment, row, story.enrolled_at + min(pause, LONGEST_PAUSE)


def _drawn(
    asked: Sequence[QuestionVersion], *, draw: int, dice: Random
) -> list[QuestionVersion]:
    """Return what one final test asks: the anchors, and the rest by chance."""
    versions = {version.pk: version for version in asked}
    keys = drawn(
        {key: version.question.module for key, version in versions.items()},
        always=[key for key, version in versions.items() if version.question.anchor],
        number=how_many(Activity.Kind.FINAL, draw=draw, available=len(versions)),
        chance=dice,
    )
    return [versions[key] for key in keys]


def _take_the_final(
    story: Story,
    enrolment: Enrolment,
    *,
    asked: Sequence[QuestionVersion],
    dice: Random,
) -> None:
    """Write the attempts at the final test, the last of them perhaps passed."""
    final, tries = _final(story.edition), story.failed + story.passed
    for number in range(1, tries + 1):
        asked_now = _drawn(asked, draw=story.edition.draw, dice=dice)
        points = points_of(
            len(asked_now),
            story.edition.pass_mark,
            passes=story.passed and number == tries,
            dice=dice,
        )
        write_attempt(
            enrolment,
            final,
            number=number,
            asked=asked_now,
            points=points,
            at=story.last_at - (tries - number) * timedelta(days=2),
            dice=dice,
        )
