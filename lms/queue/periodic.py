"""Which work comes back by the clock? Each floor registers its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.tasks import Task


@dataclass(frozen=True, slots=True)
class Work:
    """A task without arguments and the time between two runs of it."""

    task: Task
    every: timedelta


REGISTER: dict[str, Work] = {}


def every(interval: timedelta, *, name: str) -> Callable[[Task], Task]:
    """Register a task: `every(timedelta(minutes=1), name="seal the log")(seal)`."""

    def register(task: Task) -> Task:
        work = Work(task, interval)
        if REGISTER.setdefault(name, work) != work:
            raise ImproperlyConfigured(
                f"Two kinds of periodic work are named {name!r}."
            )
        return task

    return register
