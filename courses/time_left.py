"""When does an attempt end, as its pages say it?"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from courses import timing
from courses.models.attempts import Attempt


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The end by the clock that all times of the page are told by, and its place."""

    ends_at: datetime
    closes_at: datetime
    place: str
    minutes: int
    is_over: bool


def time_of(attempt: Attempt, *, at: datetime) -> TimeLeft | None:
    """Return what is told of the time of an open attempt; None without a limit."""
    if attempt.ends_at is None:
        return None
    return TimeLeft(
        ends_at=attempt.ends_at,
        closes_at=attempt.ends_at + timing.GRACE,
        place=_place(timezone.get_current_timezone_name()),
        minutes=timing.minutes_left(attempt.ends_at, at=at),
        is_over=timing.is_over(attempt.ends_at, at=at),
    )


def _place(zone: str) -> str:
    """Return the city that a time zone is named for: "Guatemala"."""
    return zone.rpartition("/")[2].replace("_", " ")
