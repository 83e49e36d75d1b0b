"""Administrators are told once a day that there are new tasks that failed for good."""

from datetime import timedelta

import pytest
from django.core import mail
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.mail.failed import tell, tell_of_failed_tasks
from lms.mail.models import Letter
from lms.mail.sending import send_chunk
from lms.queue.actions import try_all_again
from lms.queue.exceptions import GAVE_UP
from lms.queue.health import dead_letters
from lms.queue.periodic import REGISTER
from tests.factories import PersonFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def drawn(register):
    register["failed_tasks"] = "lms.mail.failed.failed_tasks"


def fail(at, *, exception_class_path=GAVE_UP):
    return DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        task_path="lms.people.tasks.send_reset",
        args_kwargs={"args": ["ana@example.org", "es"], "kwargs": {}},
        backend_name="default",
        worker_ids=["worker-1"],
        started_at=at,
        finished_at=at,
        exception_class_path=exception_class_path,
    )


def send(at):
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return mail.outbox


def test_administrators_read_how_many_and_where(admin, at):
    PersonFactory(email="gone@example.org", is_superuser=True, is_active=False)
    fail(at)
    fail(at)

    assert tell(at=at) == 2

    (message,) = send(at)
    assert message.to == ["admin@example.org"]
    assert "2 tareas" in message.body
    assert "/admin/failed-tasks/" in message.body
    for private in ("ana@", "send_reset"):
        assert private not in message.subject + message.body


def test_they_are_told_again_of_new_ones_only(admin, at):
    fail(at)
    tell(at=at)
    send(at)

    assert tell(at=at + DAY) == 0
    fail(at + DAY + HOUR)
    assert tell(at=at + 2 * DAY) == 1
    assert len(send(at + 2 * DAY)) == 1


def test_they_get_one_letter_a_day(admin, at):
    fail(at - HOUR)
    tell(at=at - HOUR)
    fail(at)

    tell(at=at)

    assert Letter.objects.count() == 1


def test_what_is_tried_again_is_not_told_of(admin, at):
    fail(at, exception_class_path="builtins.ValueError")

    assert (tell(at=at), dead_letters(at)) == (0, 0)
    assert not Letter.objects.exists()


def test_what_somebody_saw_to_meanwhile_is_not_told_of(admin, at):
    fail(at)
    tell(at=at)

    try_all_again(by=admin, at=at)

    assert send(at) == []
    assert Letter.objects.get().trouble == "moot"


def test_it_is_looked_at_every_day():
    work = REGISTER["tell of tasks that failed for good"]

    assert (work.task, work.every) == (tell_of_failed_tasks, DAY)
