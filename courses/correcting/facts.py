"""Whom does a correction concern? Counted before anything changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from courses.correcting.rules import regraded
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    KeyCorrection,
    QuestionVersion,
)
from courses.questions.kinds.kind import Answer
from courses.questions.rules import whole_points
from courses.rules import Grade


@dataclass(frozen=True, slots=True)
class Impact:
    """How many attempts asked it, gain a point, pass by it; how many are open."""

    handed_in: int
    rise: int
    passes: int
    open: int


@dataclass(frozen=True, slots=True)
class Rise:
    """An answer that earns more by a new key, and the points its attempt gains."""

    item: AttemptItem
    earned: int
    gain: int


def impact_of(version: QuestionVersion, correct: Answer) -> Impact:
    """Return what a new key would change; three queries."""
    rising = [one for one in rises_by(version, correct) if one.gain]
    items = AttemptItem.objects.filter(version=version)
    handed_in = items.exclude(attempt__submitted_at=None).count()
    return Impact(
        handed_in=handed_in,
        rise=len(rising),
        passes=sum(_would_pass(one.item.attempt, one.gain) for one in rising),
        open=items.filter(attempt__submitted_at=None).count(),
    )


def rises_by(version: QuestionVersion, correct: Answer) -> Iterator[Rise]:
    """Yield the answers of graded attempts that earn more by a new key.

    Parts of a point add up over an attempt: not each of them makes a whole one.
    """
    of_attempt = AttemptItem.objects.with_earned().order_by()
    of_attempt = of_attempt.filter(attempt=OuterRef("attempt")).values("attempt")
    items = (
        AttemptItem.objects.with_earned()
        .filter(version=version, points=0)
        .exclude(attempt__submitted_at=None)
        .annotate(total=Subquery(of_attempt.annotate(sum=Sum("worth")).values("sum")))
        .select_related("attempt__activity")
    )
    for item in items.order_by("pk").iterator(500):
        earned = regraded(version.document, correct, item.answer, item.worth)
        if earned > item.worth:
            after = item.total - item.worth + earned
            gain = whole_points(after) - whole_points(item.total)
            yield Rise(item, earned, gain)


def _would_pass(attempt: Attempt, gain: int) -> bool:
    grade = Grade(attempt.points + gain, attempt.out_of, attempt.pass_mark)
    is_final = attempt.activity.kind == Activity.Kind.FINAL
    return is_final and grade.passed and not attempt.passed


def waiting() -> list[KeyCorrection]:
    """Return the corrections that wait for a second person, the oldest first."""
    rows = KeyCorrection.objects.waiting().select_related(
        "version__question", "proposed_by"
    )
    return list(rows.order_by("proposed_at"))
