"""Reminding: each at most once in two days, whoever asks and about whatever."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.following.actions import remind
from courses.following.actions.reminding import claim
from courses.models import Reminder, ReminderClock
from lms.belonging.actions import shield
from lms.models import Cohort, Letter
from tests.courses.following.conftest import DAY, HOUR, began, finish, member
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


def ask(cohort, *people, by, at=NOON):
    return remind(cohort, [person.uuid for person in people], by=by, at=at)


def test_each_gets_one_letter_in_their_language(cohort, tomas, ana, bea, assignment):
    assert ask(cohort, ana, bea, by=tomas) == [ana, bea]

    letters = Letter.objects.order_by("language")
    assert [(one.person, one.language, one.template) for one in letters] == [
        (bea, "en", "reminder"),
        (ana, "es", "reminder"),
    ]
    assert {one.event for one in letters} == {
        one.event for one in Reminder.objects.all()
    }
    assert not any(one.urgent or one.facts for one in letters)
    rows = Reminder.objects.values_list("cohort", "kind", "by", "assignment", "at")
    assert set(rows) == {(cohort.pk, "by-hand", tomas.pk, None, NOON)}


def test_however_many_they_are_they_are_posted_at_once(cohort, tomas, assignment):
    few = [member(cohort) for _number in range(2)]
    many = [member(cohort) for _number in range(9)]
    claim([one.pk for one in (*few, *many)], at=NOON - 3 * DAY)
    ask(cohort, member(cohort), by=tomas)  # what is remembered is

    asked = []
    for people in (few, many):
        with CaptureQueriesContext(connection) as queries:
            assert len(ask(cohort, *people, by=tomas)) == len(people)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_within_two_days_nobody_is_reminded_again(cohort, tomas, ana, assignment):
    ask(cohort, ana, by=tomas)

    assert ask(cohort, ana, by=tomas) == []
    assert ask(cohort, ana, by=tomas, at=NOON + 48 * HOUR - HOUR) == []
    assert Letter.objects.count() == 1
    assert ask(cohort, ana, by=tomas, at=NOON + 48 * HOUR) == [ana]
    assert Letter.objects.count() == 2


def test_what_waits_for_office_hours_counts_from_when_it_leaves(
    cohort, tomas, ana, assignment
):
    saturday, monday = NOON + 5 * DAY, NOON + 7 * DAY
    assert ask(cohort, ana, by=tomas, at=saturday - 5 * HOUR) == [ana]

    assert ask(cohort, ana, by=tomas, at=monday) == []
    assert ask(cohort, ana, by=tomas, at=monday + 2 * DAY - 5 * HOUR) == [ana]


def test_another_trainer_and_another_cohort_count_as_well(
    cohort, tomas, rosa, ana, assignment
):
    other = Cohort.objects.get(name="De Rosa")
    other.assignments.create(
        course=assignment.course, assigned_by=rosa, assigned_at=NOON
    )
    ask(cohort, ana, by=tomas)

    assert ask(cohort, ana, by=rosa) == []
    assert ask(other, ana, by=rosa) == []


def test_who_has_nothing_to_finish_is_not_reminded(
    cohort, tomas, ana, bea, assignment, edition
):
    finish(began(ana, edition))

    assert ask(cohort, ana, bea, by=tomas) == [bea]


def test_whose_mail_came_back_is_not_reminded(cohort, tomas, ana, assignment):
    ask(cohort, ana, by=tomas)
    Letter.objects.update(bounced_at=NOON)

    assert ask(cohort, ana, by=tomas, at=NOON + 5 * DAY) == []


def test_only_members_whom_the_trainer_sees_are_reminded(
    cohort, tomas, ana, bea, assignment
):
    shield(bea, by=bea, reason="", at=NOON)
    left = member(cohort)
    left.member_rows.update(until_on=NOON.date() - DAY)

    assert ask(cohort, bea, left, PersonFactory(), by=tomas) == []
    assert remind(cohort, [uuid4()], by=tomas, at=NOON) == []
    assert not Letter.objects.exists()


def test_a_trainer_taken_off_reminds_nobody(cohort, tomas, ana, assignment):
    cohort.trainer_rows.update(until_on=NOON.date() - DAY)

    assert ask(cohort, ana, by=tomas) == []


def test_a_clock_is_set_by_one_of_two_who_ask(ana, bea):
    assert claim([bea.pk, ana.pk], at=NOON) == {ana.pk, bea.pk}
    assert claim([bea.pk, ana.pk], at=NOON) == set()
    assert claim([], at=NOON) == set()
    assert ReminderClock.objects.count() == 2


def test_the_update_decides_whoever_was_thought_to_be_free(
    cohort, tomas, ana, bea, assignment
):
    """Between the look and the writing, somebody else reminds Ana."""
    looked = []

    def somebody_is_faster(execute, sql, params, many, context):
        if "INSERT" in sql and "reminderclock" in sql and not looked:
            looked.append(sql)
            claim([ana.pk], at=NOON - HOUR)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        assert ask(cohort, ana, bea, by=tomas) == [bea]

    assert [letter.person for letter in Letter.objects.all()] == [bea]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one writes at a time, in memory none waits"
)
@pytest.mark.django_db(transaction=True)
def test_of_two_trainers_at_once_one_reminds(cohort, tomas, rosa, ana, assignment):
    start, written = threading.Barrier(2), []

    def press(trainer):
        try:
            start.wait(timeout=10)
            written.append(ask(cohort, ana, by=trainer))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[t]) for t in (tomas, rosa)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(map(len, written)) == [0, 1]
    assert Letter.objects.filter(template="reminder").count() == 1


def test_what_is_not_committed_reminds_nobody(cohort, tomas, ana, assignment):
    with transaction.atomic():
        ask(cohort, ana, by=tomas)
        transaction.set_rollback(True)

    assert not Letter.objects.exists()
    assert ask(cohort, ana, by=tomas) == [ana]
