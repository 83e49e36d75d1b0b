"""What the regional secretariat decides: whether marks fall by a corrected key.

It sees the question, both keys, and how many would lose what; never a person.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courses.correcting import actions
from courses.correcting.actions.lowering import KIND
from courses.correcting.facts import losses_of
from courses.correcting.tasks import lower_attempts
from courses.models import KeyCorrection
from courses.questions.kinds.kind import Answer
from courses.questions.words import key_lines_of, text_of
from lms.approvals.desk import STATES, state_of
from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.approvals.rules import State
from lms.people.choices import Role
from lms.people.models import User
from lms.people.scope import standing_mandates
from lms.thresholds import TO_SECRETARIAT, fewer_than

SENTENCES = {
    "not-a-third-person": gettext_lazy(
        "You proposed this key, or approved it. A third person signs that marks fall."
    ),
    "answered": gettext_lazy("Somebody has answered this already."),
}


def decides(viewer: User) -> bool:
    """Whether this person may sign that marks fall: the secretariat."""
    on = timezone.localdate()
    return standing_mandates(viewer, Role.SECRETARIAT, on=on).exists()


def subjects(viewer: User) -> QuerySet:
    """Return what this person may sign: of keys in which they had no part."""
    lowering = KeyCorrection.objects.exclude(lowering=None)
    others = lowering.exclude(proposed_by=viewer.pk).exclude(approved_by=viewer.pk)
    return others.values("lowering")


def rows(uuids: list[UUID], viewer: User) -> dict[UUID, KeyCorrection]:
    """Return the corrections by the name under which the secretariat is asked."""
    found = KeyCorrection.objects.filter(lowering__in=uuids)
    return {one.lowering: one for one in found.select_related("version__question")}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return the question, its keys, and what would be lost."""
    correction, language = approval.row, get_language()
    document = correction.version.document

    def key(correct: Answer) -> str:
        return "; ".join(key_lines_of(document, correct, language))

    facts = [
        (_("Question"), text_of(document["stem"], language)),
        (_("Key until now"), key(document["correct"])),
        (_("Right instead"), key(correction.correct)),
        (_("Why the key was wrong"), correction.reason),
    ]
    return Summary(
        what=_("Let marks fall by a corrected key"),
        facts=[*facts, *losses_in_words(correction)],
        warning=_(
            "Whoever answered by the former key loses what it gave. Nobody’s "
            "certificate is revoked by it: those whose pass is lost are flagged, and "
            "people decide."
        ),
    )


def losses_in_words(correction: KeyCorrection) -> list[tuple[str, str]]:
    """Return how many would lose what, while it is not signed; of few not how many."""
    if correction.signed_at is not None:
        return []
    losses = losses_of(correction.version, correction.correct)
    return [
        (_("Attempts that lose a point"), _count(losses.fall)),
        (_("Final tests that are passed no more"), _count(losses.passes)),
    ]


def _count(number: int) -> str:
    return str(number) if number >= TO_SECRETARIAT else fewer_than(TO_SECRETARIAT)


@dataclass(frozen=True, slots=True)
class Signature:
    """What became of the question to the secretariat, and why where it said no."""

    words: str
    reason: str
    is_over: bool


def answer_of(correction: KeyCorrection, *, at: datetime) -> Signature | None:
    """Return what the secretariat said; None where it was not asked."""
    asked = Approval.objects.filter(kind=KIND, subject=correction.lowering)
    last = asked.order_by("asked_at", "pk").last()
    if last is None:
        return None
    state = state_of(last, at=at)
    return Signature(str(STATES[state]), last.decision_reason, state is State.EXPIRED)


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    found = KeyCorrection.objects.select_related("proposed_by", "approved_by")
    correction = found.get(lowering=approval.subject)
    actions.sign(correction, by=by, at=at)
    lower_attempts.enqueue(correction.pk)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    """The key stands; whoever was right by the former one keeps the point."""
