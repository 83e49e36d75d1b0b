"""A worker that empties the queue."""

from django.core import mail
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work_off(worker_id="worker") -> None:
    """Do all that is ready, one after the other, as the worker of that name."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    while row := DBTaskResult.objects.ready().first():
        row.claim(worker_id)
        worker.run_task(row)


def delivered() -> list:
    """Do all that is ready, and return every message that has gone out by then."""
    work_off()
    return mail.outbox
