"""Does the queue lose anything when workers are killed? Tried on a scratch database."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import IO
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.connecting import connected_to
from lms.drills import Finding
from lms.queue.models import Periodic, WorkerSeen, dead_letters

QUEUE = "drill"
TASKS_PER_KILL = 6
FEWEST_TASKS = 10  # or nobody is in mid-task when the time to kill comes
PAUSE = 1  # second before each kill: at least one nap
PATIENCE = 300  # seconds for any task, and for the last after the last kill
TIMES = {  # the real ones, some twenty times as fast
    "QUEUE_HEARTBEAT": "0.5",
    "QUEUE_SILENT_AFTER": "3",
    "QUEUE_BEAT_EVERY": "0.3",
    "QUEUE_FIRST_DELAY": "1",
}


@task(queue_name=QUEUE)
def nap(folder, number, seconds):
    """Sleep, then leave a mark; done twice, it is the same mark."""
    time.sleep(seconds)
    (Path(folder) / str(number)).touch(exist_ok=True)


@task(queue_name=QUEUE)
def fall(folder):
    """Take the worker along, every time."""
    with (Path(folder) / "falls").open("a") as falls:
        falls.write("fell\n")
    os.kill(os.getpid(), signal.SIGKILL)


@task(queue_name=QUEUE)
def hang(folder, number, deaf=False):
    """Never end at the first try; with `deaf`, like code that cannot be stopped."""
    tries = Path(folder) / f"tries-{number}"
    with tries.open("a") as file:
        file.write("hung\n")
    if tries.read_text().count("hung") > 1:
        return
    if deaf:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True:
        with suppress(Exception):  # as many do who want to go on
            time.sleep(1)


@dataclass(frozen=True)
class Scratch:
    """A folder, an empty database, and processes of ours that work on both."""

    folder: Path
    name: str
    processes: ExitStack
    log: IO

    def start(self, *arguments: str, **times: str) -> subprocess.Popen:
        """Start `manage.py …`; whatever happens, it ends with the drill."""
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
            env=os.environ | TIMES | times | self.environment(),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.processes.callback(end, child)
        return child

    def worker(self, name: str) -> subprocess.Popen:
        """Start a worker whose id begins with that name."""
        return self.start(
            "worker", "--worker-id", name, "--queue-name", QUEUE, "--interval", "0.1"
        )

    def log_lines(self) -> str:
        """Return what the processes have written into their log so far."""
        file = self.folder / "state" / "log" / "campus.log"
        return file.read_text() if file.exists() else ""

    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
            "STATE_DIR": str(self.folder / "state"),
            "DATABASE_URL": address(self.name),
        }


def end(child: subprocess.Popen) -> None:
    child.kill()
    child.wait()


def address(name: str) -> str:
    """Return DATABASE_URL for a database beside the one in use."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    own = connection.settings_dict
    who = ":".join(quote(own[key], safe="") for key in ("USER", "PASSWORD") if own[key])
    host = quote(own["HOST"], safe="") + (f":{own['PORT']}" if own["PORT"] else "")
    return f"postgres://{who}@{host}/{name}"


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Work on an empty database of the kind in use, with the queue's tables only."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        (Path(folder) / "log").open("w+") as log,
        scratch_database(Path(folder)) as name,
        connected_to(name),
        ExitStack() as processes,
    ):
        with connection.schema_editor() as editor:
            for model in (DBTaskResult, WorkerSeen, Periodic):
                editor.create_model(model)
        yield Scratch(Path(folder), name, processes, log)


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """Make a database on the server in use, or a file; remove it afterwards."""
    if connection.vendor == "sqlite":
        yield str(folder / "drill.sqlite3")
        return
    name = f"campus_drill_{uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill_workers(rounds: int) -> dict[str, int]:
    """Kill a worker with a task in hand so many times; return what became of the tasks.

    Two workers and a beat, six naps for each kill; every killed worker is replaced.
    """
    with scratch() as place:
        marks = place.folder / "marks"
        marks.mkdir()
        enqueue_naps(str(marks), max(FEWEST_TASKS, rounds * TASKS_PER_KILL))
        place.start("beat")
        names = (f"drill-{number}" for number in count())
        workers = {name: place.worker(name) for name in islice(names, 2)}
        kills = 0
        while kills < rounds and (name := victim(workers)):
            end(workers.pop(name))
            kills += 1
            workers |= {name: place.worker(name) for name in islice(names, 1)}
        wait_for_the_last()
        return figures() | {"kills": kills, "effects": len(list(marks.iterdir()))}


def drill(rounds: int) -> list[Finding]:
    """Kill workers, and hold what became of their tasks to what should have."""
    found = kill_workers(rounds)
    wanted = {"done": found["tasks"], "effects": found["tasks"], "kills": rounds}
    wanted |= {"dead letters": 0, "left running": 0}
    return [Finding(what, found[what], wanted.get(what)) for what in found]


@transaction.atomic
def enqueue_naps(folder: str, number_of_naps: int) -> None:
    random = Random(number_of_naps)  # noqa: S311 - the same naps in every drill
    for number in range(number_of_naps):
        nap.enqueue(folder, number, round(random.uniform(0.1, 0.9), 2))


def victim(workers: dict[str, subprocess.Popen]) -> str | None:
    """Return a worker in mid-task, any one, but not as soon as there is one.

    A task taken up again is the first that a new worker does: every round would kill
    the same one, until its fifth death. And a task that just begins, as another might
    end before its worker does.
    """
    if someone_in_mid_task(workers):
        time.sleep(PAUSE)
    return someone_in_mid_task(workers, since=timezone.now())


def someone_in_mid_task(
    workers: dict[str, subprocess.Popen], *, since: datetime | None = None
) -> str | None:
    """Wait for a worker with a task in hand, begun since; None when all is done."""
    running = DBTaskResult.objects.running().filter(queue_name=QUEUE).order_by("?")
    if since:
        running = running.filter(started_at__gte=since)
    patience_ends = time.monotonic() + PATIENCE
    while unfinished():
        for row in running.all():
            name = row.worker_ids[-1].rsplit("-", 1)[0]
            if name in workers:
                return name
        if any(worker.poll() is not None for worker in workers.values()):
            raise RuntimeError("A worker ended by itself; try `manage.py worker`.")
        if time.monotonic() > patience_ends:
            raise RuntimeError("No worker takes a task; try `manage.py worker`.")
        time.sleep(0.02)
    return None


def wait_for_the_last() -> None:
    patience_ends = time.monotonic() + PATIENCE
    while unfinished() and time.monotonic() < patience_ends:
        time.sleep(0.1)


def unfinished() -> bool:
    tasks = DBTaskResult.objects.filter(queue_name=QUEUE)
    over = tasks.successful() | dead_letters().filter(queue_name=QUEUE)
    return tasks.count() > over.count()


def figures() -> dict[str, int]:
    tasks = DBTaskResult.objects.filter(queue_name=QUEUE)
    tries = [
        len(worker_ids) for worker_ids in tasks.values_list("worker_ids", flat=True)
    ]
    return {
        "tasks": len(tries),
        "done": tasks.successful().count(),
        "dead letters": dead_letters().filter(queue_name=QUEUE).count(),
        "left running": tasks.running().count(),
        "taken up again": sum(number > 1 for number in tries),
        "tries": sum(tries),
    }
