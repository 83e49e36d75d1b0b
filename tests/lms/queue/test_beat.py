"""Beat does its round, and a database that is away only makes it miss one."""

import pytest
from django.core.management import call_command

from lms.management.commands import beat
from lms.queue.drill import connected_to
from lms.queue.models import BEAT, Periodic, WorkerSeen


@pytest.mark.django_db
def test_beat_once_does_one_round_and_ends(register):
    call_command("beat", once=True)

    assert [seen.worker_id for seen in WorkerSeen.objects.all()] == [BEAT]
    assert [work.name for work in Periodic.objects.order_by("pk")] == [
        "forget finished tasks",
        "forget private tasks",
    ]


def test_beat_misses_a_round_while_the_database_is_away(caplog, django_db_blocker):
    with django_db_blocker.unblock(), connected_to("/nowhere/at-all"):
        beat.beat()

    assert [record.getMessage() for record in caplog.records] == [
        "Beat missed: OperationalError"
    ]
