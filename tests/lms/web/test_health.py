"""Alive and ready are two questions."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.mail.held import hold
from lms.queue import clock
from lms.queue.actions import say_alive
from lms.queue.models import BEAT


def test_healthz_touches_no_database(client, django_db_blocker):
    with django_db_blocker.block():
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_readyz_says_what_is_missing(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "database": True,
        "migrated": True,
        "worker": False,
        "beat": False,
        "cache": "ok",
        "dead_letters": 0,
        "degraded": ["installation"],
    }


def test_readyz_is_content_when_all_are_there(client, db):
    say_alive("worker", at=timezone.now())
    say_alive(BEAT, at=timezone.now())

    assert client.get("/readyz").status_code == 200


@pytest.fixture
def at_work(db):
    """A worker and a beat that were seen now, by a clock that is right."""
    now = timezone.now()
    clock.watch(at=now)
    say_alive("worker", at=now)
    say_alive(BEAT, at=now)
    return now


def test_readyz_says_no_when_all_who_live_were_seen_by_a_clock_ahead(client, db):
    ahead = timezone.now() + timedelta(days=365)
    say_alive("worker", at=ahead)
    say_alive(BEAT, at=ahead)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["worker"], answer.json()["beat"]) == (False, False)


def test_readyz_counts_tasks_that_failed_and_is_ready_all_the_same(client, at_work):
    DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        task_path="lms.queue.tasks.forget_finished",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        worker_ids=list("abcde"),
        finished_at=at_work,
    )

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["dead_letters"] == 1
    assert answer.json()["degraded"] == ["dead-letters", "installation"]


def test_readyz_says_that_the_clock_is_wrong(client, at_work):
    with time_machine.travel(at_work + timedelta(days=1)):
        answer = client.get("/readyz")

    assert answer.json()["degraded"] == ["clock", "installation"]


def test_readyz_is_ready_while_redis_is_away(client, at_work, no_redis):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["cache"] == "degraded"
    assert answer.json()["degraded"] == ["cache", "installation"]


def test_readyz_survives_a_database_that_is_gone(client, db, monkeypatch):
    def gone():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", gone)
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert answer.json()["degraded"] == []


def test_readyz_notices_a_migration_that_is_missing(client, db):
    MigrationRecorder(connection).record_unapplied("courses", "0001_first")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrated"]) == (503, False)


def test_readyz_says_that_the_mail_of_a_copy_is_held(client, at_work):
    hold(at=at_work)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["installation", "mail-held"]
