"""The worker says that it lives, and ends its task before it ends."""

import signal
from datetime import timedelta

from django.db import connection
from django_tasks_db.models import DBTaskResult

from lms.people.tasks import run_forget_rosters, run_retention
from lms.queue.drill import hang, nap
from lms.queue.exceptions import TookTooLong
from lms.queue.models import WorkerSeen
from lms.queue.time_limits import LONG, limit_of
from tests.lms.queue.waiting import wait_for

WORKER = ("worker", "--queue-name", "drill", "--interval", "0.1")


def test_worker_keeps_saying_that_it_lives_and_ends_its_task_when_told_to_stop(place):
    worker = place.worker("drilled")
    wait_for(WorkerSeen.objects.exists)
    sign = WorkerSeen.objects.get()
    assert sign.worker_id.startswith("drilled-")
    wait_for(WorkerSeen.objects.since(sign.seen_at).exists)

    # A database that fails for a while does not end it.
    with connection.schema_editor() as editor:
        editor.delete_model(WorkerSeen)
    wait_for(lambda: "Life sign not written" in place.log_lines())
    with connection.schema_editor() as editor:
        editor.create_model(WorkerSeen)
    wait_for(WorkerSeen.objects.exists)

    nap.enqueue(str(place.folder), 1, 1.5)
    nap.enqueue(str(place.folder), 2, 1.5)
    wait_for(DBTaskResult.objects.running().exists)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=60) == 0
    assert (place.folder / "1").exists()
    assert not (place.folder / "2").exists()
    assert DBTaskResult.objects.successful().count() == 1
    assert DBTaskResult.objects.running().count() == 0


def state_of(task_id):
    row = DBTaskResult.objects.get(pk=task_id)
    return row.status, row.exception_class_path


def test_task_that_hangs_is_stopped_and_the_worker_goes_on(place):
    first = hang.enqueue(str(place.folder), 1).id
    second = nap.enqueue(str(place.folder), 2, 0).id
    worker = place.start(*WORKER, QUEUE_TASK_LIMIT="1")

    wait_for(lambda: state_of(second)[0] == "SUCCESSFUL")

    stopped = f"{TookTooLong.__module__}.{TookTooLong.__qualname__}"
    assert state_of(first) == ("FAILED", stopped)
    assert worker.poll() is None


def test_task_that_hangs_gets_its_next_try(place):
    task = hang.enqueue(str(place.folder), 1).id
    place.start("beat")
    place.start(*WORKER, QUEUE_TASK_LIMIT="1")

    wait_for(lambda: state_of(task)[0] == "SUCCESSFUL")

    assert (place.folder / "tries-1").read_text() == "hung\n" * 2
    assert len(DBTaskResult.objects.get(pk=task).worker_ids) == 2


def test_worker_that_cannot_be_stopped_is_killed_and_its_task_taken_over(place):
    task = hang.enqueue(str(place.folder), 1, deaf=True).id
    place.start("beat")
    worker = place.start(*WORKER, QUEUE_TASK_LIMIT="1")

    assert worker.wait(timeout=60) == -signal.SIGKILL
    place.start(*WORKER)
    wait_for(lambda: state_of(task)[0] == "SUCCESSFUL")

    assert len(DBTaskResult.objects.get(pk=task).worker_ids) == 2


def test_what_does_much_at_once_may_take_hours(settings):
    settings.QUEUE_TASK_LIMIT = timedelta(minutes=9)

    assert limit_of(run_retention.module_path) == LONG == timedelta(hours=2)
    assert limit_of(run_forget_rosters.module_path) == timedelta(minutes=9)
