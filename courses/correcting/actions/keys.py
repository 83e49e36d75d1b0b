"""A new key: proposed by one editor, approved by another."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from courses.actions import save_question
from courses.correcting import rules
from courses.correcting.actions.lowering import ask_to_lower
from courses.models import KeyCorrection, QuestionVersion
from courses.questions.kinds.kind import Answer
from lms.people.models import User
from lms.refusals import Refused


@transaction.atomic
def propose_key(
    version: QuestionVersion,
    *,
    correct: Answer | None,
    reason: str,
    by: User,
    at: datetime,
    lowering: str | None = None,
) -> KeyCorrection:
    """Write down what would be right instead; nothing is graded by it yet.

    `lowering` says why marks are to fall as well; None where they only rise.
    Raises `Refused`: "no-answer", "not-complete", "same-key", "no-reason",
    "no-reason-to-lower", "proposed".
    """
    reasons = rules.refusals_to_correct(version.document, correct)
    reasons += rules.reasons_missing(reason, lowering)
    if reasons:
        raise Refused(*reasons)
    row, made = KeyCorrection.objects.get_or_create(
        version=version,
        defaults={
            "correct": correct,
            "reason": reason.strip(),
            "proposed_by": by,
            "proposed_at": at,
            "lowering": None if lowering is None else uuid4(),
            "lowering_reason": (lowering or "").strip(),
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

    What was handed in is graded anew by `grade_anew`; whether marks fall as well, the
    secretariat is asked. Raises `Refused`: "same-person", "approved".
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
    if correction.lowering:
        ask_to_lower(correction, by=by, at=at)
