"""Whom does a correction concern? Counted before anything changes."""

from dataclasses import dataclass

from courses.correcting.rules import regraded
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    KeyCorrection,
    QuestionVersion,
)
from courses.questions.kinds.kind import Answer
from courses.rules import Grade


@dataclass(frozen=True, slots=True)
class Impact:
    """How many attempts asked it, gain a point, pass by it; how many are open."""

    handed_in: int
    rise: int
    passes: int
    open: int


def impact_of(version: QuestionVersion, correct: Answer) -> Impact:
    """Return what a new key would change; two queries."""
    rising = list(rising_items(version, correct))
    items = AttemptItem.objects.filter(version=version)
    handed_in = items.exclude(attempt__submitted_at=None).count()
    return Impact(
        handed_in=handed_in,
        rise=len(rising),
        passes=sum(_would_pass(item.attempt) for item in rising),
        open=items.filter(attempt__submitted_at=None).count(),
    )


def rising_items(version: QuestionVersion, correct: Answer):
    """Yield the answers of graded attempts that are worth more by a new key."""
    items = AttemptItem.objects.filter(version=version, points=0).exclude(
        attempt__submitted_at=None
    )
    for item in items.select_related("attempt__activity").order_by("pk").iterator(500):
        if regraded(version.document, correct, item.answer, item.points):
            yield item


def _would_pass(attempt: Attempt) -> bool:
    grade = Grade(attempt.points + 1, attempt.out_of, attempt.pass_mark)
    is_final = attempt.activity.kind == Activity.Kind.FINAL
    return is_final and grade.passed and not attempt.passed


def waiting() -> list[KeyCorrection]:
    """Return the corrections that wait for a second person, the oldest first."""
    rows = KeyCorrection.objects.waiting().select_related(
        "version__question", "proposed_by"
    )
    return list(rows.order_by("proposed_at"))
