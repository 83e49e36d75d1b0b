"""Beat does its round, and a database that is away only makes it miss one."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lms.management.commands import beat
from lms.queue import clock
from lms.queue.drill import connected_to
from lms.queue.models import BEAT, CLOCK, Periodic, WorkerSeen


@pytest.mark.django_db
def test_beat_once_does_one_round_and_ends(register):
    call_command("beat", once=True)

    assert {seen.worker_id for seen in WorkerSeen.objects.all()} == {BEAT, CLOCK}
    assert [work.name for work in Periodic.objects.order_by("pk")] == [
        "forget finished tasks",
        "forget private tasks",
    ]


@pytest.mark.django_db
def test_beat_believes_a_clock_that_somebody_says_is_right(register):
    at = timezone.now()
    clock.trust(at=at - timedelta(days=3))
    assert clock.is_true(at=at) is (connection.vendor == "postgresql")

    call_command("beat", once=True, clock_is_right=True)

    assert clock.is_true(at=at)


def test_beat_misses_a_round_while_the_database_is_away(caplog, django_db_blocker):
    with django_db_blocker.unblock(), connected_to("/nowhere/at-all"):
        beat.beat()

    assert [record.getMessage() for record in caplog.records] == [
        "Beat missed: OperationalError"
    ]
