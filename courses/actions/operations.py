"""Keeping each choice of an open attempt as it is made: once, and the newest wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.actions.attempts import hold_answerable
from courses.models import AnswerOperation, Attempt, AttemptItem
from courses.questions.inputs import Unreadable
from courses.questions.operations import Choice, answer_to, stamp_of
from lms.refusals import Refused

Outcome = AnswerOperation.Outcome


@dataclass(frozen=True, slots=True)
class Answered:
    """What the server says to an operation; `code` says why it was refused."""

    outcome: str
    code: str = ""


@transaction.atomic
def keep_choices(
    attempt: Attempt, *, choices: Iterable[Choice], at: datetime
) -> dict[UUID, Answered]:
    """Keep what was chosen; return what became of each, by key.

    What came before is answered as it was then, also once the attempt is handed in.
    """
    wanted = {choice.key: choice for choice in reversed(list(choices))}
    try:
        hold_answerable(attempt, at=at)
    except Refused:
        closed = dict.fromkeys(wanted, Answered(Outcome.CLOSED))
        return closed | _answered_before(attempt, wanted)
    answered = _answered_before(attempt, wanted)
    fresh = [c for key, c in reversed(wanted.items()) if key not in answered]
    told = _take(attempt, fresh, at=at)
    AnswerOperation.objects.bulk_create(
        AnswerOperation(
            attempt=attempt, key=key, outcome=one.outcome, code=one.code, received_at=at
        )
        for key, one in told.items()
    )
    if not any(one.outcome == Outcome.SAVED for one in told.values()):
        # "Saved at" stays what it was: nothing was.
        Attempt.objects.filter(pk=attempt.pk).update(saved_at=attempt.saved_at)
    return answered | told


def _answered_before(attempt: Attempt, keys: Iterable[UUID]) -> dict[UUID, Answered]:
    rows = AnswerOperation.objects.filter(attempt=attempt, key__in=list(keys))
    return {row.key: Answered(row.outcome, row.code) for row in rows}


def _take(
    attempt: Attempt, choices: list[Choice], *, at: datetime
) -> dict[UUID, Answered]:
    rows = attempt.items.with_version().filter(
        position__in={choice.position for choice in choices}
    )
    items = {item.position: item for item in rows}
    began = attempt.started_at
    told = {
        choice.key: _answer(items.get(choice.position), choice, began=began, at=at)
        for choice in choices
    }
    AttemptItem.objects.bulk_update(
        items.values(), ["answer", "answered_at", "chosen_on", "chosen_number"]
    )
    return told


def _answer(
    item: AttemptItem | None, choice: Choice, *, began: datetime, at: datetime
) -> Answered:
    """Let the item hold what was chosen, unless something newer stands there."""
    if item is None:
        return Answered(Outcome.REFUSED, "unknown-question")
    try:
        answer = answer_to(choice, item.version.document["type"], item.shown)
    except Unreadable as unreadable:
        return Answered(Outcome.REFUSED, unreadable.problem)
    stamp = choice.stamp(began=began, at=at)
    if item.answered_at and stamp < stamp_of(
        item.answered_at, item.chosen_on, item.chosen_number
    ):
        return Answered(Outcome.OLDER)
    item.answer, item.answered_at = answer, stamp[0]
    item.chosen_on, item.chosen_number = choice.device, choice.number
    return Answered(Outcome.SAVED)
