"""When is a task tried again, when is it given up, and when does it come back?"""

from datetime import datetime, timedelta

TRIES = 5
KEEP_DONE = timedelta(days=14)
KEEP_DEAD = timedelta(days=180)
KEEP_SEEN = timedelta(days=1)
KEEP_PRIVATE = timedelta(hours=12)  # asked every hour: gone within a day


def delay(tries: int, *, first: timedelta) -> timedelta:
    """Return how long a task rests after so many tries: 10, 40, 160, 640 seconds."""
    return first * 4 ** (tries - 1)


def is_dead_letter(*, tries: int, gave_up: bool) -> bool:
    """Return whether a task that failed waits for a person instead of another try."""
    return gave_up or tries >= TRIES


def is_orphan(
    *, started_at: datetime, seen_at: datetime | None, at: datetime, after: timedelta
) -> bool:
    """Return whether a running task was left behind by a worker that fell silent.

    A start or a life sign that is still to come is none: a clock was ahead.
    """
    return not any(
        is_lately(sign, at=at, within=after)
        for sign in (started_at, seen_at or started_at)
    )


def is_lately(moment: datetime, *, at: datetime, within: timedelta) -> bool:
    """Return whether a moment lies neither too long ago nor ahead by as much."""
    return at - within < moment < at + within


def is_too_far(due_at: datetime, *, every: timedelta, at: datetime) -> bool:
    """Return whether a due time is further ahead than its period: a clock was ahead."""
    return due_at > at + every


def next_due(due_at: datetime, *, every: timedelta, at: datetime) -> datetime:
    """Return the first due time after `at`, in step; missed ones are not made up.

    From one that is too far ahead it leads back.
    """
    return due_at + every * ((at - due_at) // every + 1)
