"""Which questions a quiz asks of a learner, and how many tries are left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from courses import rules
from courses.models.attempts import Attempt
from courses.models.editions import EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.models.questions import Question, QuestionQuerySet

UNLIMITED = rules.Allowance(left=1)


def has_passed(enrolment: Enrolment, activity: Activity) -> bool:
    """Whether a final test needs no further attempt in this enrolment."""
    return (
        activity.kind == Activity.Kind.FINAL
        and enrolment.attempts.filter(activity=activity, passed=True).exists()
    )


def allowance_for(
    enrolment: Enrolment, *, activity: Activity, at: datetime
) -> rules.Allowance:
    """Return the attempts left; attempts of enrolments that were left count too."""
    if activity.kind != Activity.Kind.FINAL:
        return UNLIMITED
    taken = Attempt.objects.filter(
        activity=activity,
        enrolment__learner=enrolment.learner_id,
        enrolment__edition__run=enrolment.edition.run,
    ).order_by("started_at")
    return rules.attempts_left(
        [attempt.submitted_at or attempt.started_at for attempt in taken],
        allowed=enrolment.edition.attempts_allowed,
        wait=timedelta(days=enrolment.edition.wait_days),
        at=at,
    )


def modules_required(rows: Iterable[EditionActivity], *, track: str) -> set[UUID]:
    """Return the modules that the track must do; of every track when it is unknown."""
    return {
        row.module
        for row in rows
        if row.module and (track in row.required_for if track else row.required_for)
    }


def questions_of(
    kind: str, *, module: UUID | None, required: set[UUID]
) -> QuestionQuerySet:
    """Return the questions a quiz draws from.

    A final test draws from the modules that the track requires, a practice check from
    its own module.
    """
    if kind == Activity.Kind.FINAL:
        return Question.objects.live().filter(
            use=Question.Use.FINAL, module__in=required
        )
    return Question.objects.live().filter(use=Question.Use.PRACTICE, module=module)


def how_many(kind: str, *, draw: int, available: int) -> int:
    """Return how many of the available questions are asked."""
    if kind != Activity.Kind.FINAL or not draw:
        return available
    return min(draw, available)
