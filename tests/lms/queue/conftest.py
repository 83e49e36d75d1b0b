"""Task rows in every state, and a worker that empties the queue."""

from datetime import UTC, datetime

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.queue import periodic
from lms.queue.drill import scratch
from tests.working import work_off

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def at():
    return NOON


@pytest.fixture
def make_task(db):
    def make(status, *, tries=1, started_at=NOON, finished_at=None, **fields):
        return DBTaskResult.objects.create(
            status=status,
            task_path="lms.queue.tasks.forget_finished",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            worker_ids=[f"worker-{number}" for number in range(1, tries + 1)],
            started_at=started_at,
            finished_at=finished_at,
            **fields,
        )

    return make


@pytest.fixture
def make_running(make_task):
    return lambda **fields: make_task(TaskResultStatus.RUNNING, **fields)


@pytest.fixture
def make_failed(make_task):
    def make(**fields):
        return make_task(TaskResultStatus.FAILED, **{"finished_at": NOON} | fields)

    return make


@pytest.fixture
def work():
    """Do all that is ready, one after the other, as the worker of that name."""
    return work_off


@pytest.fixture
def register(monkeypatch):
    """An empty register of periodic work."""
    register = {}
    monkeypatch.setattr(periodic, "REGISTER", register)
    monkeypatch.setattr("lms.queue.actions.REGISTER", register)
    return register


@pytest.fixture
def place(django_db_blocker):
    """A scratch database that real processes can open."""
    with django_db_blocker.unblock(), scratch() as place:
        yield place
