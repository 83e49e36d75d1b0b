"""Which questions a quiz asks of a learner, and how many tries are left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Sum
from wagtail.models import Page

from courses import rules, timing
from courses.models.assignments import (
    AssignmentException,
    AssignmentExceptionQuerySet,
)
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


def comes_too_late(enrolment: Enrolment, activity: Activity) -> bool:
    """Whether it is a pre-test, and something that teaches has been finished."""
    teaching = (Activity.Kind.LESSON, Activity.Kind.CASE)
    return (
        activity.kind == Activity.Kind.PRETEST
        and enrolment.completions.filter(activity__kind__in=teaching).exists()
    )


def allowance_for(
    enrolment: Enrolment, *, activity: Activity, at: datetime
) -> rules.Allowance:
    """Return the attempts left; attempts of enrolments that were left count too.

    A pre-test is taken once in a run: what is known before is known once.
    """
    if activity.kind == Activity.Kind.PRACTICE:
        return UNLIMITED
    taken = Attempt.objects.filter(
        activity=activity,
        enrolment__learner=enrolment.learner_id,
        enrolment__edition__run=enrolment.edition.run,
    ).order_by("started_at")
    if activity.kind == Activity.Kind.PRETEST:
        return rules.Allowance(left=0 if taken.exists() else 1)
    return rules.attempts_left(
        [attempt.submitted_at or attempt.started_at for attempt in taken],
        allowed=enrolment.edition.attempts_allowed,
        wait=timedelta(days=enrolment.edition.wait_days),
        at=at,
        extra=_extra_attempts(enrolment),
    )


def _extra_attempts(enrolment: Enrolment) -> int:
    return _granted(enrolment).aggregate(sum=Sum("extra_attempts"))["sum"] or 0


def extra_minutes(enrolment: Enrolment) -> int:
    """Return the minutes granted to the learner for the final test.

    Of two cohorts the one that gives more: both mean the same need.
    """
    return _granted(enrolment).aggregate(most=Max("extra_minutes"))["most"] or 0


def _granted(enrolment: Enrolment) -> AssignmentExceptionQuerySet:
    """Return what is different for the learner where a cohort takes the course."""
    return AssignmentException.objects.standing().filter(
        person=enrolment.learner_id,
        assignment__course=enrolment.course_id,
        assignment__withdrawn_at=None,
    )


def end_of_attempt(
    enrolment: Enrolment, *, activity: Activity, at: datetime
) -> datetime | None:
    """Return when an attempt that begins then is over; only a final test ever is."""
    if activity.kind != Activity.Kind.FINAL:
        return None
    return timing.end_of_test(
        enrolment.edition.final_minutes, extra=extra_minutes(enrolment), begins_at=at
    )


def modules_asked(
    kind: str, rows: Iterable[EditionActivity], *, track: str
) -> set[UUID]:
    """Return the modules a test asks about.

    A final test asks about those that the track must do, of every track when it is
    unknown; a pre-test about all of them.
    """
    if kind == Activity.Kind.PRETEST:
        return {row.module for row in rows if row.module}
    return {
        row.module
        for row in rows
        if row.module and (track in row.required_for if track else row.required_for)
    }


def questions_of(
    kind: str, *, module: UUID | None, modules: set[UUID], edition: int | None
) -> QuestionQuerySet:
    """Return the questions a quiz draws from.

    A final test draws from the modules it asks about, a pre-test from the anchors
    among them, a practice check from its own module. The two that measure draw from
    what the edition kept, or would keep today: None.
    """
    live = Question.objects.live()
    if edition and kind in (Activity.Kind.FINAL, Activity.Kind.PRETEST):
        live = live.kept_by(edition)
    match kind:
        case Activity.Kind.FINAL:
            return live.filter(use=Question.Use.FINAL, module__in=modules)
        case Activity.Kind.PRETEST:
            return live.filter(anchor=True, module__in=modules)
        case _:
            return live.filter(use=Question.Use.PRACTICE, module=module)


def questions_below(parent: Page, kind: str) -> QuestionQuerySet:
    """Return what a quiz that stands there draws from, whoever takes it."""
    if not getattr(parent, "is_course", False):
        key = parent.translation_key
        return questions_of(kind, module=key, modules={key}, edition=None)
    modules = parent.get_children().filter(modulepage__isnull=False)
    keys = set(modules.values_list("translation_key", flat=True))
    return questions_of(kind, module=None, modules=keys, edition=None)


def how_many(kind: str, *, draw: int, available: int) -> int:
    """Return how many of the available questions are asked."""
    if kind != Activity.Kind.FINAL or not draw:
        return available
    return min(draw, available)
