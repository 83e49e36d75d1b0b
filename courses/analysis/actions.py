"""Counting answers that were handed in, once: afterwards they are read as tallies."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from itertools import batched, groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from courses.models import Activity, Attempt, AttemptItem, QuestionVersion, Tally
from courses.questions.kinds import KINDS
from courses.questions.kinds.kind import Answer
from lms.thresholds import BEHIND_A_GAIN

AT_ONCE = 1000  # attempts in one transaction
LONGEST = timedelta(minutes=10)  # whoever takes longer has put the test aside
KEY = ("version_id", "language", "track", "total", "out_of", "answer", "points")


class _Alike(NamedTuple):
    version_id: int
    language: str
    track: str
    total: int
    out_of: int
    answer: str
    points: int


@dataclass(slots=True)
class _Sum:
    people: int = 0
    timed: int = 0
    seconds: int = 0


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
    sums = _sums_of(attempts.values("pk"))
    _add(activity, sums)
    return attempts.update(counted_at=at)


def _sums_of(attempts) -> dict[_Alike, _Sum]:
    rows = (
        AttemptItem.objects.filter(attempt__in=attempts)
        .order_by("attempt", "answered_at", "position")
        .values_list(
            "attempt",
            "attempt__started_at",
            "answered_at",
            "version",
            "attempt__language",
            "attempt__enrolment__track",
            "attempt__points",
            "attempt__out_of",
            "answer",
            "points",
        )
    )
    found = list(rows)
    kinds = dict(
        QuestionVersion.objects.filter(pk__in={row[3] for row in found}).values_list(
            "pk", "document__type"
        )
    )
    sums: dict[_Alike, _Sum] = {}
    for _attempt, answered in groupby(found, key=lambda row: row[0]):
        for row, seconds in _timed(list(answered)):
            *alike, answer, points = row[3:]
            key = _Alike(*alike, line_of(kinds[row[3]], answer), points)
            mine = sums.setdefault(key, _Sum())
            mine.people += 1
            mine.timed += seconds is not None
            mine.seconds += seconds or 0
    return sums


def _timed(rows: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], int | None]]:
    """Yield each row with the seconds since the answer before it.

    Answers of one moment were sent together, and nobody knows how long each took.
    """
    before = rows[0][1]
    together = Counter(row[2] for row in rows)
    for row in rows:
        moment = row[2]
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


def _add(activity: UUID, sums: dict[_Alike, _Sum]) -> None:
    """Add to the tallies that are there, and make those that are not."""
    known = {
        tuple(getattr(row, name) for name in KEY): row
        for row in Tally.objects.filter(
            activity=activity, version__in={key.version_id for key in sums}
        )
    }
    changed, new = [], []
    for key, one in sums.items():
        row = known.get(tuple(key))
        if row is None:
            people, timed, seconds = astuple(one)
            new.append(
                Tally(
                    activity_id=activity,
                    people=people,
                    timed=timed,
                    seconds=seconds,
                    **key._asdict(),
                )
            )
            continue
        row.people += one.people
        row.timed += one.timed
        row.seconds += one.seconds
        changed.append(row)
    Tally.objects.bulk_update(changed, ["people", "timed", "seconds"], batch_size=500)
    Tally.objects.bulk_create(new, batch_size=500)
