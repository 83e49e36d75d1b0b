"""Enrolling, leaving, completing an activity, completing a course."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses import rules
from courses.assigning.waiting import reasons_to_wait_for
from courses.models import (
    Activity,
    Completion,
    Course,
    Edition,
    EditionReasoning,
    Enrolment,
    Paper,
)
from courses.models.enrolments import EnrolmentQuerySet
from courses.quizzes import modules_asked
from courses.reach import asked_among
from courses.signals import course_completed
from courses.syllabus import activities_of, asked_of, openings
from lms.people.models import User
from lms.refusals import Refused


@transaction.atomic
def enrol(learner: User, *, course: Course, at: datetime) -> Enrolment:
    """Return the learner's open enrolment in the course, made if there is none.

    The course's newest edition applies, and the learner's track and affiliation of
    today. What was read in an enrolment that was left stays read. Whom their cohort
    lets begin later (a day, another course first, a superior's yes) waits, unless
    another of their cohorts lets them begin now; whoever is assigned it nowhere is
    free. Raises `Refused`.
    """
    existing = Enrolment.objects.filter(learner=learner, course=course).open().first()
    if existing:
        return existing
    edition = Edition.objects.filter(course=course).current().first()
    completed = Enrolment.objects.filter(learner=learner, course=course).completed()
    reasons = rules.refusals_to_enrol(
        has_post=learner.has_post,
        is_open=edition is not None,
        has_completed=edition is not None
        and completed.filter(edition__run=edition.run).exists(),
    ) or reasons_to_wait_for(learner, course=course.pk, at=at)
    if reasons:
        raise Refused(*reasons)
    mine = Enrolment(
        learner=learner,
        course=course,
        edition=edition,
        track=learner.track,
        affiliation=learner.affiliations.standing(on=timezone.localdate(at)).first(),
        full=not _owes_only_the_new(edition, completed),
        enrolled_at=at,
    )
    Enrolment.objects.bulk_create([mine], ignore_conflicts=True)
    enrolment = Enrolment.objects.filter(learner=learner, course=course).open().get()
    if enrolment == mine:  # else somebody was faster: the constraint decided
        _keep_ticks(enrolment)
    return enrolment


def _owes_only_the_new(edition: Edition, completed: EnrolmentQuerySet) -> bool:
    """Whether the run was opened as a delta, and they finished the one before it."""
    opening = openings([edition])[edition.pk]
    if opening.kind != Edition.Kind.DELTA or opening.previous is None:
        return False
    return completed.filter(edition__run=opening.previous.run).exists()


def _keep_ticks(enrolment: Enrolment) -> None:
    """Carry over what was done in the enrolment that was left last.

    What was read stays read, unless a holder reads it again and left an earlier run.
    What was asked counts only where `_asks_no_more` says so,
    and a case, whose steps differ by profession, only for the same one.
    """
    left = (
        Enrolment.objects.filter(learner=enrolment.learner, course=enrolment.course)
        .withdrawn()
        .with_edition()
        .order_by("-withdrawn_at")
        .first()
    )
    if left is None:
        return
    counting = {Activity.Kind.LESSON}
    if _asks_no_more(enrolment, than=left):
        counting |= {Activity.Kind.PRETEST, Activity.Kind.PRACTICE, Activity.Kind.FINAL}
        if enrolment.track == left.track:
            counting.add(Activity.Kind.CASE)
    is_old = not enrolment.full and enrolment.edition.run != left.edition.run
    carried = [
        row.activity_id
        for row in activities_of(enrolment)
        if row.activity.kind in counting and not (row.read_again and is_old)
    ]
    Completion.objects.bulk_create(
        Completion(
            enrolment=enrolment,
            activity_id=old.activity_id,
            at=old.at,
            language=old.language,
            revision=old.revision,
        )
        for old in left.completions.filter(activity__in=carried)
    )


def _asks_no_more(enrolment: Enrolment, *, than: Enrolment) -> bool:
    """Whether a test passed in the other enrolment asked all that this one asks.

    It is of the same run, with the same pass mark, and of no module less.
    """
    now, then = (
        modules_asked(Activity.Kind.FINAL, activities_of(one), track=one.track)
        for one in (enrolment, than)
    )
    return enrolment.edition.run == than.edition.run and now <= then


def withdraw(enrolment: Enrolment, *, at: datetime) -> None:
    """Leave the course; what was done is kept. Nothing happens to a completed one."""
    Enrolment.objects.filter(pk=enrolment.pk).open().update(withdrawn_at=at)


@transaction.atomic
def complete_activity(
    enrolment: Enrolment,
    *,
    activity: Activity,
    language: str,
    revision: int | None,
    at: datetime,
) -> bool:
    """Record that the activity is completed; return whether the course now is too.

    A second call changes nothing. Raises `Refused` when the enrolment does not cover
    the activity or is no longer open.
    """
    if activity.pk not in {row.activity_id for row in activities_of(enrolment)}:
        raise Refused("not-in-this-edition")
    locked = Enrolment.objects.filter(pk=enrolment.pk, withdrawn_at=None).update(
        withdrawn_at=None
    )
    if not locked:
        raise Refused("enrolment-closed")
    Completion.objects.bulk_create(
        [
            Completion(
                enrolment=enrolment,
                activity=activity,
                at=at,
                language=language,
                revision=revision,
            )
        ],
        ignore_conflicts=True,
    )
    return _settle(enrolment, at=at)


@transaction.atomic
def settle(enrolment: Enrolment, *, at: datetime) -> bool:
    """Complete the course if nothing is owed any more; return whether it is complete.

    Of ten who race, one sends `course_completed`.
    """
    return _settle(enrolment, at=at)


def _settle(enrolment: Enrolment, *, at: datetime) -> bool:
    done = dict(enrolment.completions.values_list("activity_id", "at"))
    if not _is_complete(enrolment, set(done)):
        return False
    # What the clock handed in counts for its end, and may be graded after the rest.
    at = max(at, *done.values())
    won = Enrolment.objects.filter(pk=enrolment.pk).open().update(completed_at=at)
    if won:
        enrolment.completed_at = at
        course_completed.send(sender=Enrolment, enrolment=enrolment, at=at)
    return True


def _is_complete(enrolment: Enrolment, done: set[UUID]) -> bool:
    """Whether nothing is owed. What is owed though no page were live, is owed."""
    asked = asked_of(activities_of(enrolment), track=enrolment.track)
    if not rules.course_is_complete(asked, done=done, live=set()):
        return False
    live = asked_among([one.activity for one in asked])
    return rules.course_is_complete(asked, done=done, live=live) and not _owes_reasons(
        enrolment
    )


def _owes_reasons(enrolment: Enrolment) -> bool:
    """Whether the edition counts a page of reasons that was not handed in.

    That it was counts, not how it was marked: nobody waits for a reader to complete a
    course, and nobody writes it twice in a run. Holders who owe only what is new owe
    none.
    """
    asked = EditionReasoning.objects.filter(edition=enrolment.edition_id, counts=True)
    handed_in = Paper.objects.handed_in().in_run_of(enrolment)
    return enrolment.full and asked.exists() and not handed_in.exists()


def settle_course(course_id: UUID, *, at: datetime) -> int:
    """Settle every open enrolment after a page went away; return how many completed."""
    open_ones = Enrolment.objects.filter(course=course_id).open().with_edition()
    return sum(settle(enrolment, at=at) for enrolment in open_ones.iterator())
