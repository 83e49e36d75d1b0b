"""Is the clock of this process the one that the database knows?

What deletes, ends, releases or reminds by the clock asks before it does so.

PostgreSQL has a clock of its own, and is asked for it. SQLite has none: its clock would
be ours, and would jump with it. What it does have is what beat wrote down every few
seconds: the newest time that followed the one before without a jump. A machine that was
off for a day looks the same as a clock that jumped; then a person says which of the two
it was (`manage.py beat --once --clock-is-right`).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from lms.mail.troubles import CLOCK_CAME_BACK, CLOCK_LEFT, tell
from lms.queue.models import CLOCK, WorkerSeen

logger = logging.getLogger(__name__)

SLIP = timedelta(minutes=10)  # what keeps clocks right moves them by less


def is_true(*, at: datetime) -> bool:
    """Return whether that moment is less than a day from what the database knows."""
    known = known_time()
    return known is None or abs(at - known) < settings.CLOCK_MOST_APART


def known_time() -> datetime | None:
    """Return what time it is by the database; None before the first beat of all."""
    mark = WorkerSeen.objects.filter(worker_id=CLOCK)
    if connection.vendor == "postgresql":
        return mark.annotate(now=Now()).values_list("now", flat=True).first()
    return mark.values_list("seen_at", flat=True).first()


def watch(*, at: datetime) -> None:
    """Tell of a clock that left, or that was set back, and note the time if it did not.

    Before beat says that it lives: what it said last shows that the clock came back.
    """
    if not is_true(at=at):
        tell(CLOCK_LEFT, at=at)
        return
    if WorkerSeen.objects.beats().filter(seen_at__gt=at + SLIP).exists():
        tell(CLOCK_CAME_BACK, at=at)
    WorkerSeen.objects.bulk_create(
        [WorkerSeen(worker_id=CLOCK, seen_at=at)], ignore_conflicts=True
    )
    since = at - settings.CLOCK_MOST_APART
    followed = WorkerSeen.objects.filter(seen_at__gt=since, seen_at__lt=at)
    followed.filter(worker_id=CLOCK).update(seen_at=at)


def trust(*, at: datetime) -> None:
    """Take that moment for the right one: a person says so."""
    WorkerSeen.objects.update_or_create(worker_id=CLOCK, defaults={"seen_at": at})


def by_a_true_clock(function: Callable[..., Any]) -> Callable[..., Any]:
    """Have a task do nothing while the clock is wrong: what it does is not undone.

    It says so in the log and to the administrators; what is due is done by a later run.
    """

    @wraps(function)
    def only_then(*args: Any, **kwargs: Any) -> Any:
        at = timezone.now()
        if is_true(at=at):
            return function(*args, **kwargs)
        logger.error(
            "%s.%s did nothing: the clock is wrong",
            function.__module__,
            function.__qualname__,
        )
        tell(CLOCK_LEFT, at=at)
        return None

    return only_then
