"""Alive and ready are two questions."""

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

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
    }


def test_readyz_is_content_when_all_are_there(client, db):
    say_alive("worker", at=timezone.now())
    say_alive(BEAT, at=timezone.now())

    assert client.get("/readyz").status_code == 200


def test_readyz_survives_a_database_that_is_gone(client, db, monkeypatch):
    def gone():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", gone)
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_readyz_notices_a_migration_that_is_missing(client, db):
    MigrationRecorder(connection).record_unapplied("courses", "0001_first")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrated"]) == (503, False)
