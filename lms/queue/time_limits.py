"""How long may a task take? One that takes longer is stopped, and that try has failed.

First by an exception in the middle of it, as Ctrl+C would. Where the code does not come
back to Python (a library that waits), that has no effect: then the process is killed,
and beat takes the task from it as from any worker that died. Both ways lead to the next
try: every task may run twice.
"""

import os
import signal
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.tasks import Task
from django.tasks.signals import task_finished, task_started

from lms.queue.exceptions import TookTooLong

LONG = timedelta(hours=2)
REGISTER: set[str] = set()


def takes_long(task: Task) -> Task:
    """Give this task hours: it does much at once."""
    REGISTER.add(task.module_path)
    return task


def limit_of(path: str) -> timedelta:
    """Return how long the task of that path may take."""
    return LONG if path in REGISTER else settings.QUEUE_TASK_LIMIT


class Hourglass:
    """Measures the task that this process has in hand."""

    def __init__(self):
        self.ends_at: float | None = None

    def set_up(self) -> None:
        """Measure every task from now on; only the main thread can be stopped so."""
        signal.signal(signal.SIGALRM, stop)
        task_started.connect(self.turn)
        task_finished.connect(self.put_away)

    def turn(self, *, task_result, **_more) -> None:
        seconds = limit_of(task_result.task.module_path).total_seconds()
        self.ends_at = monotonic() + seconds
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def put_away(self, **_more) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.ends_at = None

    def end_if_stuck(self) -> None:
        """Kill this process if its task should have been stopped long ago."""
        patience = settings.QUEUE_SILENT_AFTER.total_seconds()
        ends_at = self.ends_at  # the main thread may put it away meanwhile
        if ends_at is not None and monotonic() > ends_at + patience:
            os.kill(os.getpid(), signal.SIGKILL)


def stop(*_):
    raise TookTooLong
