"""Correcting a key that was wrong: proposed, approved by another, graded anew.

Marks only rise: whoever was right by the key of the day stays so.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from courses.actions import complete_activity, save_question
from courses.correcting import rules
from courses.correcting.facts import Rise, rises_by
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    KeyCorrection,
    QuestionVersion,
    Tally,
)
from courses.questions.kinds.kind import Answer
from courses.questions.rules import whole_points
from courses.rules import Grade
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.outbox import letter_to, post
from lms.people.models import User
from lms.refusals import Refused

LETTER = "regraded"
PURPOSE = "graded anew"
FIELDS = ("points", "passed")


@transaction.atomic
def propose_key(
    version: QuestionVersion,
    *,
    correct: Answer | None,
    reason: str,
    by: User,
    at: datetime,
) -> KeyCorrection:
    """Write down what would be right instead; nothing is graded by it yet.

    Raises `Refused`: "no-answer", "not-complete", "same-key", "no-reason", "proposed".
    """
    reasons = rules.refusals_to_correct(version.document, correct)
    if not reason.strip():
        reasons.append("no-reason")
    if reasons:
        raise Refused(*reasons)
    row, made = KeyCorrection.objects.get_or_create(
        version=version,
        defaults={
            "correct": correct,
            "reason": reason.strip(),
            "proposed_by": by,
            "proposed_at": at,
        },
    )
    if not made:
        raise Refused("proposed")
    return row


def withdraw_key(correction: KeyCorrection) -> None:
    """Forget a proposal. Raises `Refused` with "approved" where it is in force."""
    deleted, _by_model = (
        KeyCorrection.objects.waiting().filter(pk=correction.pk).delete()
    )
    if not deleted:
        raise Refused("approved")


@transaction.atomic
def approve_key(correction: KeyCorrection, *, by: User, at: datetime) -> None:
    """Let the new key stand: for open attempts at once, for later ones as a version.

    What was handed in is graded anew by `grade_anew`. Raises `Refused`: "same-person",
    "approved".
    """
    if by.pk == correction.proposed_by_id:
        raise Refused("same-person")
    waiting = KeyCorrection.objects.waiting().filter(pk=correction.pk)
    if not waiting.update(approved_by=by, approved_at=at):
        raise Refused("approved")
    correction.approved_by, correction.approved_at = by, at
    version = correction.version
    newest = version.question.versions.order_by("-number").first()
    if newest == version:
        save_question(
            version.question_id,
            document=rules.corrected(version.document, correction.correct),
            facts={},
            by=by,
            at=at,
        )


def grade_anew(correction: KeyCorrection, *, at: datetime) -> int:
    """Grade the attempts that rise by the new key; return how many rose.

    Each in a transaction of its own: what was stopped goes on where it stopped. The
    tallies of the tests concerned are counted again.
    """
    version = correction.version
    rising = list(rises_by(version, correction.correct))
    rose = sum(_raise(one, by=correction.approved_by, at=at) for one in rising)
    with transaction.atomic():
        _count_again(version)
        KeyCorrection.objects.filter(pk=correction.pk, graded_at=None).update(
            graded_at=at
        )
    return rose


@transaction.atomic
def _raise(one: Rise, *, by: User, at: datetime) -> bool:
    """Give what it earns, and what comes of it; False where no point is gained."""
    gain = _give(one)
    if not gain:
        return False
    attempt = Attempt.objects.with_context().get(pk=one.item.attempt_id)
    grade = Grade(attempt.points, attempt.out_of, attempt.pass_mark)
    passes = grade.passed and not attempt.passed
    if passes:
        Attempt.objects.filter(pk=attempt.pk).update(passed=True)
        _complete(attempt, at=at)
    _tell(attempt, by=by, at=at)
    return True


def _give(one: Rise) -> int:
    """Store what an answer earns now; return the points that its attempt gains.

    Nothing where it was given meanwhile. Whoever grades another answer of the attempt
    waits for the attempt's row.
    """
    mine = Attempt.objects.filter(pk=one.item.attempt_id)
    mine.update(saved_at=F("saved_at"))
    items = AttemptItem.objects.filter(attempt=one.item.attempt_id).with_earned()
    before = items.aggregate(sum=Sum("worth"))["sum"]
    raised = items.filter(pk=one.item.pk, points=0, worth__lt=one.earned).update(
        points=whole_points(one.earned), earned=one.earned
    )
    after = before + raised * (one.earned - one.item.worth)
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


def _tell(attempt: Attempt, *, by: User, at: datetime) -> None:
    person = attempt.enrolment.learner
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=PURPOSE,
        subjects=[person],
        fields=FIELDS,
        at=at,
    )
    if person.closed_at is None:
        letter = letter_to(
            person,
            event=f"{LETTER}:{attempt.pk}:{attempt.points}",
            template=LETTER,
            facts={"attempt": str(attempt.pk)},
            at=at,
            urgent=False,
        )
        post([letter])


def _count_again(version: QuestionVersion) -> None:
    asked = AttemptItem.objects.filter(version=version).values("attempt__activity")
    # Who counts at this moment, by the points of before, is waited for.
    tests = list(
        Activity.objects.filter(pk__in=asked).order_by("pk").select_for_update()
    )
    Tally.objects.filter(activity__in=tests).delete()
    Attempt.objects.filter(activity__in=tests).exclude(counted_at=None).update(
        counted_at=None
    )
