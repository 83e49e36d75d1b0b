"""Grading anew what was handed in, so that marks rise and everybody is told."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_noop

from courses.actions import complete_activity
from courses.correcting.facts import Change, rises_by
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    KeyCorrection,
    QuestionVersion,
    Tally,
)
from courses.questions.rules import whole_points
from courses.rules import Grade
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.outbox import letter_to, post
from lms.people.models import User

LETTER = "regraded"
PURPOSE = gettext_noop("graded anew")
FIELDS = ("points", "passed")


def grade_anew(correction: KeyCorrection, *, at: datetime) -> int:
    """Grade the attempts that rise by the new key; return how many rose.

    Each in a transaction of its own: what was stopped goes on where it stopped. The
    tallies of the tests concerned are counted again.
    """
    version = correction.version
    _wait_for_hand_ins(version)
    rising = list(rises_by(version, correction.correct))
    rose = sum(_raise(one, by=correction.approved_by, at=at) for one in rising)
    with transaction.atomic():
        count_again(version)
        KeyCorrection.objects.filter(pk=correction.pk, graded_at=None).update(
            graded_at=at
        )
    return rose


def _wait_for_hand_ins(version: QuestionVersion) -> None:
    """Wait for whoever hands in at this moment: they may grade by the former key.

    They hold the row of their attempt while they grade. Whoever comes later reads the
    new key.
    """
    asked = AttemptItem.objects.filter(version=version)
    open_ones = asked.filter(attempt__submitted_at=None).values_list("attempt")
    for (key,) in list(open_ones.order_by("pk")):
        Attempt.objects.filter(pk=key).update(saved_at=F("saved_at"))


@transaction.atomic
def _raise(one: Change, *, by: User | None, at: datetime) -> bool:
    """Give what it earns, and what comes of it; False where no point is gained."""
    if not give(one):
        return False
    attempt = Attempt.objects.with_context().get(pk=one.item.attempt_id)
    if grade_of(attempt).passed and not attempt.passed:
        Attempt.objects.filter(pk=attempt.pk).update(passed=True)
        _complete(attempt, at=at)
    tell(attempt, letter=LETTER, purpose=PURPOSE, by=by, at=at)
    return True


def grade_of(attempt: Attempt) -> Grade:
    return Grade(attempt.points or 0, attempt.out_of or 0, attempt.pass_mark)


def give(one: Change) -> int:
    """Store what an answer earns now; return the points that its attempt gains.

    Nothing where it was given meanwhile. Whoever grades another answer of the attempt
    waits for the attempt's row.
    """
    mine = Attempt.objects.filter(pk=one.item.attempt_id)
    mine.update(saved_at=F("saved_at"))
    items = AttemptItem.objects.filter(attempt=one.item.attempt_id).with_earned()
    before = items.aggregate(sum=Sum("worth"))["sum"]
    changed = items.filter(pk=one.item.pk, worth=one.worth).update(
        points=whole_points(one.earned), earned=one.earned
    )
    after = before + changed * (one.earned - one.worth)
    gain = whole_points(after) - whole_points(before)
    mine.update(points=F("points") + gain)
    return gain


def _complete(attempt: Attempt, *, at: datetime) -> None:
    """Count the test as passed from the moment of the correction."""
    enrolment = attempt.enrolment
    if attempt.activity.kind != Activity.Kind.FINAL or enrolment.withdrawn_at:
        return
    complete_activity(
        enrolment,
        activity=attempt.activity,
        language=attempt.language or enrolment.learner.language,
        revision=None,
        at=at,
    )


def tell(
    attempt: Attempt, *, letter: str, purpose: str, by: User | None, at: datetime
) -> None:
    """Write it into the log, and to the learner."""
    person = attempt.enrolment.learner
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=[person],
        fields=FIELDS,
        at=at,
    )
    if person.closed_at is None:
        written = letter_to(
            person,
            event=f"{letter}:{attempt.pk}:{attempt.points}",
            template=letter,
            facts={"attempt": str(attempt.pk)},
            at=at,
            urgent=False,
        )
        post([written])


def count_again(version: QuestionVersion) -> None:
    """Let the tallies of the tests that asked it be counted anew."""
    asked = AttemptItem.objects.filter(version=version).values("attempt__activity")
    # Who counts at this moment, by the points of before, is waited for.
    tests = list(
        Activity.objects.filter(pk__in=asked).order_by("pk").select_for_update()
    )
    Tally.objects.filter(activity__in=tests).delete()
    Attempt.objects.filter(activity__in=tests).exclude(counted_at=None).update(
        counted_at=None
    )
