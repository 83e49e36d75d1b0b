"""Letting marks fall as well: the secretariat signs, and only then they do."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from courses.correcting.actions.grading import count_again, give, grade_of, tell
from courses.correcting.facts import Change, falls_by
from courses.models import Activity, Attempt, Completion, Enrolment, KeyCorrection
from courses.quizzes import has_passed
from lms.approvals.actions import ask
from lms.approvals.models import Approval
from lms.approvals.parties import are_one
from lms.people.models import User
from lms.refusals import Refused

KIND = gettext_noop("lower marks")
LETTER = "lowered"
PURPOSE = gettext_noop("marks lowered")


def ask_to_lower(correction: KeyCorrection, *, by: User, at: datetime) -> Approval:
    """Ask the secretariat, also once more where nobody answered in time.

    Raises `Refused`: "not-to-lower" where two editors have not said that marks fall,
    "answered" where it has said yes or no.
    """
    if correction.lowering is None or correction.approved_at is None:
        raise Refused("not-to-lower")
    asked = Approval.objects.filter(kind=KIND, subject=correction.lowering)
    if asked.exclude(decided_at=None).exists():
        raise Refused("answered")
    return ask(
        KIND,
        subject=correction.lowering,
        by=by,
        reason=correction.lowering_reason,
        at=at,
    )


def sign(correction: KeyCorrection, *, by: User, at: datetime) -> None:
    """Let marks fall, as a third person; `lower_marks` does it.

    Raises `Refused`: "not-a-third-person", "answered".
    """
    editors = (correction.proposed_by, correction.approved_by)
    if any(one is None or one == by or are_one(one, by, at=at) for one in editors):
        raise Refused("not-a-third-person")
    open_ones = KeyCorrection.objects.filter(pk=correction.pk, signed_at=None)
    if not open_ones.update(signed_by=by, signed_at=at):
        raise Refused("answered")


def lower_marks(correction: KeyCorrection, *, at: datetime) -> int:
    """Grade the attempts that fall by the new key; return how many lost a point.

    Raises `Refused` with "not-signed". What was stopped goes on where it stopped.
    """
    if not KeyCorrection.objects.signed().filter(pk=correction.pk).exists():
        raise Refused("not-signed")
    falling = list(falls_by(correction.version, correction.correct))
    fell = sum(_lower(one, correction=correction, at=at) for one in falling)
    with transaction.atomic():
        count_again(correction.version)
        KeyCorrection.objects.filter(pk=correction.pk, lowered_at=None).update(
            lowered_at=at
        )
    return fell


@transaction.atomic
def _lower(one: Change, *, correction: KeyCorrection, at: datetime) -> bool:
    """Take what it does not earn, and what came of it; False where no point is lost."""
    if not give(one):
        return False
    attempt = Attempt.objects.with_context().get(pk=one.item.attempt_id)
    if attempt.passed and not grade_of(attempt).passed:
        _lose(attempt, correction)
    tell(attempt, letter=LETTER, purpose=PURPOSE, by=correction.signed_by, at=at)
    return True


def _lose(attempt: Attempt, correction: KeyCorrection) -> None:
    """Count the test as passed no more.

    A course that was completed stays so, and its certificate too: it is flagged, and
    people decide about it.
    """
    is_final = attempt.activity.kind == Activity.Kind.FINAL
    Attempt.objects.filter(pk=attempt.pk).update(
        passed=False, lost_by=correction if is_final else None
    )
    enrolment = attempt.enrolment
    if not is_final or has_passed(enrolment, attempt.activity):
        return
    # Whoever completes the course at this moment is waited for.
    mine = Enrolment.objects.filter(pk=enrolment.pk, completed_at=None)
    if mine.update(completed_at=None):
        done = Completion.objects.filter(enrolment=enrolment)
        done.filter(activity=attempt.activity).delete()
