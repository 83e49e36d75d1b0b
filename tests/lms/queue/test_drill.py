"""Real workers, really killed: nothing is lost and nothing has its effect twice."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.queue import actions
from lms.queue.drill import connected_to, fall, kill_workers, nap
from lms.queue.models import dead_letters
from lms.queue.periodic import Work
from lms.queue.rules import TRIES
from lms.queue.tasks import forget_finished

# A life may pass idle: the server notices late that whoever held the row is dead.
# On a quick machine many do, so that the clock ends them and not their number.
ENOUGH_LIVES = """
import os
from time import monotonic

from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lms.queue.actions import reclaim
from lms.queue.processes import fork

def work():
    call_command("worker", worker_id="same", queue_name="drill", batch=True)

def live():
    os.waitpid(fork(work), 0)
    reclaim(at=timezone.now())

ends_at = monotonic() + 90
failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
while monotonic() < ends_at and not failed.exists():
    live()
live()  # one more, which must not take it up again
"""


@pytest.mark.sweep(on="sqlite")
def test_killed_workers_tasks_are_all_done_once(django_db_blocker):
    with django_db_blocker.unblock():
        figures = kill_workers(1)

    tries = figures.pop("tries")
    assert tries >= 11  # a slow machine may take a living worker for dead
    assert figures.pop("taken up again") >= 1
    assert figures == {
        "tasks": 10,
        "done": 10,
        "effects": 10,
        "kills": 1,
        "dead letters": 0,
        "left running": 0,
    }


@pytest.mark.sweep(on="sqlite")
def test_task_that_kills_its_worker_is_a_dead_letter_after_five_deaths(place):
    fall.enqueue(str(place.folder))
    no_rest = {"QUEUE_SILENT_AFTER": "0", "QUEUE_FIRST_DELAY": "0"}

    place.start("shell", "-v0", "-c", ENOUGH_LIVES, **no_rest).wait(timeout=120)

    assert (place.folder / "falls").read_text() == "fell\n" * TRIES
    assert [len(set(row.worker_ids)) for row in dead_letters()] == [TRIES]


def test_three_beats_at_once_do_everything_once(place, at, register):
    register |= {name: Work(forget_finished, timedelta(days=1)) for name in "abcdef"}
    for number in range(20):
        nap.enqueue("", number, 0)
    naps = DBTaskResult.objects.filter(queue_name="drill")
    naps.update(status=TaskResultStatus.RUNNING, started_at=at, worker_ids=["gone"])
    start, counts = Barrier(3), []

    def beat():
        with connected_to(place.name):
            start.wait(timeout=60)
            later = at + timedelta(minutes=1)
            counts.append((actions.reclaim(at=later), actions.run_due(at=later)))

    beats = [Thread(target=beat) for _ in range(3)]
    for each in beats:
        each.start()
    for each in beats:
        each.join(timeout=120)

    assert [sum(column) for column in zip(*counts, strict=True)] == [20, 6]
    assert naps.filter(status=TaskResultStatus.READY).count() == 20
    assert DBTaskResult.objects.exclude(queue_name="drill").count() == 6
