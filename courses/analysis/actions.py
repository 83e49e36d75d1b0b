"""Counting answers that were handed in, once: afterwards they are read as tallies."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched, groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from courses.models import Activity, Attempt, AttemptItem, QuestionVersion, Tally
from courses.models.tallies import Alike, Counted
from courses.questions.kinds import KINDS
from courses.questions.kinds.kind import Answer
from lms.thresholds import BEHIND_A_GAIN

AT_ONCE = 4000  # attempts in one transaction: on SQLite all others wait for its end
LONGEST = timedelta(minutes=10)  # whoever takes longer has put the test aside


class _Answered(NamedTuple):
    attempt: UUID
    answered_at: datetime | None
    version: int
    answer: Answer | None
    points: int


def tally_answers(*, at: datetime) -> int:
    """Count the first attempts that wait to be counted; return how many there were.

    A test waits for ten of them: no figure moves by the answers of fewer.
    """
    waiting: Counter[UUID] = Counter(_waiting().values_list("activity", flat=True))
    return sum(
        _tally_test(activity, at=at)
        for activity, people in waiting.items()
        if people >= BEHIND_A_GAIN
    )


def _waiting():
    return Attempt.objects.submitted().filter(number=1, counted_at=None)


def _tally_test(activity: UUID, *, at: datetime) -> int:
    keys = list(
        _waiting()
        .filter(activity=activity)
        .order_by("submitted_at")
        .values_list("pk", flat=True)
    )
    return sum(_tally(activity, part, at=at) for part in batched(keys, AT_ONCE))


@transaction.atomic
def _tally(activity: UUID, keys: tuple[UUID, ...], *, at: datetime) -> int:
    """Count these attempts, unless another process did while this one waited."""
    Activity.objects.select_for_update().get(pk=activity)
    attempts = _waiting().filter(pk__in=keys)
    Tally.objects.add(activity, _sums_of(attempts))
    return attempts.update(counted_at=at)


def _sums_of(attempts) -> dict[Alike, Counted]:
    """Counted up what was answered; as many queries for many attempts as for one."""
    begun, groups = {}, {}
    for attempt, started_at, *group in attempts.values_list(
        "pk", "started_at", "language", "enrolment__track", "points", "out_of"
    ):
        begun[attempt], groups[attempt] = started_at, group
    rows = AttemptItem.objects.filter(attempt__in=attempts.values("pk"))
    kinds = dict(
        QuestionVersion.objects.filter(pk__in=rows.values("version")).values_list(
            "pk", "document__type"
        )
    )
    found = rows.order_by("attempt", "answered_at", "position").values_list(
        "attempt", "answered_at", "version", "answer", "points"
    )
    sums: dict[Alike, Counted] = defaultdict(Counted)
    answered = map(_Answered._make, found.iterator(AT_ONCE))
    for attempt, its in groupby(answered, key=attrgetter("attempt")):
        for row, seconds in _timed(list(its), begun[attempt]):
            line = line_of(kinds[row.version], row.answer)
            mine = sums[Alike(row.version, *groups[attempt], line, row.points)]
            mine.people += 1
            mine.timed += seconds is not None
            mine.seconds += seconds or 0
    return sums


def _timed(
    rows: list[_Answered], before: datetime
) -> Iterator[tuple[_Answered, int | None]]:
    """Yield each row with the seconds since the answer before it.

    Answers of one moment were sent together, and nobody knows how long each took.
    """
    together = Counter(row.answered_at for row in rows)
    for row in rows:
        moment = row.answered_at
        if moment is None:
            yield row, None
            continue
        is_told = together[moment] == 1 and moment > before
        yield (
            row,
            int(min(moment - before, LONGEST).total_seconds()) if is_told else None,
        )
        before = moment


def line_of(kind: str, answer: Answer | None) -> str:
    """Return an answer as one line, the same for answers that say the same."""
    return KINDS[kind].tally_of(answer) if answer else ""
