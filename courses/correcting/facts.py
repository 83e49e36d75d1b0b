"""Whom does a correction concern? Counted before anything changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from courses.correcting.rules import marked_down, regraded
from courses.models import (
    Activity,
    AttemptItem,
    KeyCorrection,
    QuestionVersion,
)
from courses.models.attempts import AttemptItemQuerySet
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
class Losses:
    """How many attempts lose a point where marks fall, and how many pass no more."""

    fall: int
    passes: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer earns by a new key, and the points its attempt gains or loses."""

    item: AttemptItem
    worth: int  # what it earned until now
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
        passes=sum(not one.item.attempt.passed and _passes(one) for one in rising),
        open=items.filter(attempt__submitted_at=None).count(),
    )


def losses_of(version: QuestionVersion, correct: Answer) -> Losses:
    """Return what marks that fall as well would change; one query."""
    falling = [one for one in falls_by(version, correct) if one.gain]
    return Losses(
        fall=len(falling),
        passes=sum(_loses_pass(one) for one in falling),
    )


def rises_by(version: QuestionVersion, correct: Answer) -> Iterator[Change]:
    """Yield the answers of graded attempts that earn more by a new key."""
    return _changed_by(regraded, _graded(version).filter(points=0), version, correct)


def falls_by(version: QuestionVersion, correct: Answer) -> Iterator[Change]:
    """Yield the answers of graded attempts that earn less by a new key."""
    return _changed_by(marked_down, _graded(version), version, correct)


def _graded(version: QuestionVersion) -> AttemptItemQuerySet:
    items = AttemptItem.objects.with_earned().filter(version=version)
    return items.exclude(attempt__submitted_at=None)


def _changed_by(
    reckon: Callable[..., int],
    items: AttemptItemQuerySet,
    version: QuestionVersion,
    correct: Answer,
) -> Iterator[Change]:
    """Yield the answers that earn something else now.

    Parts of a point add up over an attempt: not each of them makes a whole one.
    """
    of_attempt = AttemptItem.objects.with_earned().order_by()
    of_attempt = of_attempt.filter(attempt=OuterRef("attempt")).values("attempt")
    total = Subquery(of_attempt.annotate(sum=Sum("worth")).values("sum"))
    items = items.annotate(total=total).select_related("attempt__activity")
    for item in items.order_by("pk").iterator(500):
        earned = reckon(version.document, correct, item.answer, item.worth)
        if earned != item.worth:
            after = item.total - item.worth + earned
            gain = whole_points(after) - whole_points(item.total)
            yield Change(item, item.worth, earned, gain)


def _loses_pass(one: Change) -> bool:
    is_passed = one.item.attempt.passed
    return is_passed and _is_final(one) and not _passes(one)


def _is_final(one: Change) -> bool:
    return one.item.attempt.activity.kind == Activity.Kind.FINAL


def _passes(one: Change) -> bool:
    """Whether a final test is passed with what it gains or loses."""
    attempt = one.item.attempt
    return (
        _is_final(one)
        and Grade(attempt.points + one.gain, attempt.out_of, attempt.pass_mark).passed
    )


def waiting() -> list[KeyCorrection]:
    """Return the corrections that wait for a second person, the oldest first."""
    rows = KeyCorrection.objects.waiting().select_related(
        "version__question", "proposed_by"
    )
    return list(rows.order_by("proposed_at"))
