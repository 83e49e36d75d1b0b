"""What the clock does about due days: all of it, and twice is once."""

import pytest

from courses.following.tasks import remind_of_due_days
from lms.models import Letter
from lms.queue.periodic import REGISTER
from tests.courses.following.conftest import due
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_the_beat_knows_the_task():
    assert REGISTER["remind of due days"].task == remind_of_due_days


def test_it_reminds_tells_superiors_and_writes_to_trainers_once(
    cohort, ana, assignment, time_machine
):
    time_machine.move_to(NOON, tick=False)
    cohort.escalates_after = 1
    cohort.save()
    ana.member_rows.update(superior_address="jefa@example.org")
    due(assignment, days=-1)

    for _run in range(2):
        remind_of_due_days.func()

    assert sorted(Letter.objects.values_list("template", flat=True)) == [
        "digest",
        "escalation",
        "reminder",
    ]
