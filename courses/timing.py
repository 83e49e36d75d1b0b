"""How long may a final test take, and when is it over? By the clock of the server.

Facts in, an answer out: no query, no clock.
"""

from datetime import datetime, timedelta

LEAST_MINUTES, MOST_MINUTES = 5, 480
MOST_EXTRA_MINUTES = 480
# What was sent in time may arrive this much later: lines at a border are slow.
GRACE = timedelta(seconds=60)
A_MINUTE = timedelta(minutes=1)


def end_of_test(
    minutes: int | None, *, extra: int, begins_at: datetime
) -> datetime | None:
    """Return when a test that begins then is over; None where it has no limit."""
    if minutes is None:
        return None
    return begins_at + timedelta(minutes=minutes + extra)


def is_over(ends_at: datetime | None, *, at: datetime) -> bool:
    """Whether nothing new is asked: what was sent before may still arrive."""
    return ends_at is not None and at > ends_at


def is_closed(ends_at: datetime | None, *, at: datetime) -> bool:
    """Whether nothing that arrives is kept any more."""
    return ends_at is not None and at > ends_at + GRACE


def handed_in_at(at: datetime, *, ends_at: datetime | None) -> datetime:
    """Return the moment for which a hand-in counts: never later than the end."""
    return at if ends_at is None else min(at, ends_at)


def minutes_left(ends_at: datetime, *, at: datetime) -> int:
    """Return the whole minutes that are left, none once it is over."""
    return max(ends_at - at, timedelta(0)) // A_MINUTE
