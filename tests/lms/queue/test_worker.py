"""The worker says that it lives, and ends its task before it ends."""

import signal

from django.db import connection
from django_tasks_db.models import DBTaskResult

from lms.queue.drill import nap
from lms.queue.models import WorkerSeen
from tests.lms.queue.waiting import wait_for


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
