"""What the clock does about due days: all of it, and twice is once."""

from datetime import date

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from courses.following.tasks import remind_in, remind_of_due_days
from lms.models import Letter
from lms.queue.actions import retry_failed
from lms.queue.periodic import REGISTER
from lms.web.logs import JsonFormatter
from tests.courses.assigning.conftest import make_assignment
from tests.courses.following.conftest import due, member
from tests.factories import NOON, CohortFactory
from tests.working import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_the_beat_knows_the_task():
    assert REGISTER["remind of due days"].task == remind_of_due_days


def test_it_reminds_tells_superiors_and_writes_to_trainers_once(
    cohort, ana, assignment
):
    cohort.escalates_after = 1
    cohort.save()
    ana.member_rows.update(superior_address="jefa@example.org")
    due(assignment, days=-1)

    for _run in range(2):
        remind_of_due_days.enqueue()
        work_off()

    assert sorted(Letter.objects.values_list("template", flat=True)) == [
        "digest",
        "escalation",
        "reminder",
    ]


def test_what_fails_in_one_cohort_keeps_no_other_from_theirs(
    cohort, ana, assignment, tomas, caplog
):
    due(assignment, days=-1)
    later = CohortFactory(trainers=[tomas])
    late = member(later, email="late@example.org")
    make_assignment(later, assignment.course, by=tomas, due_on=assignment.due_on)
    assignment.due_on = date.max  # its end is no day of the calendar
    assignment.save()

    remind_of_due_days.enqueue()
    work_off()

    reminders = Letter.objects.filter(template="reminder")
    assert [letter.person for letter in reminders] == [late]
    assert Letter.objects.filter(template="digest").exists()
    [failed] = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    assert (failed.task_path, failed.args_kwargs["args"]) == (
        remind_in.module_path,
        [cohort.pk],
    )
    assert retry_failed(at=NOON) == 1
    [said] = [
        one
        for one in caplog.records
        if (one.name, one.levelname) == ("django.tasks", "ERROR")
    ]
    line = JsonFormatter().format(said)
    assert "OverflowError" in line
    for name in (ana.legal_name, ana.email, cohort.name):
        assert name not in line


def test_a_cohort_archived_meanwhile_is_left_alone(cohort, ana, assignment):
    due(assignment, days=-1)
    remind_of_due_days.enqueue()
    cohort.archived_at = NOON
    cohort.save()

    work_off()
    remind_in.func(cohort.pk)

    assert not Letter.objects.filter(template="reminder").exists()
