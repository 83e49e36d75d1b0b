"""What is kept of reminders: exported, merged, and forgotten with the person."""

import pytest

from courses.following.actions import remind
from courses.models import Reminder, ReminderClock
from courses.records import move_clock, reminders
from lms.people.records import Merging
from tests.courses.following.conftest import DAY
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_a_person_reads_when_they_were_reminded(cohort, tomas, ana, assignment):
    remind(cohort, [ana.uuid], by=tomas, at=NOON)

    [row] = reminders(ana, "en")

    assert list(row.values()) == [
        cohort.name,
        Reminder.Kind.BY_HAND.label,
        NOON,
    ]


@pytest.mark.parametrize(
    ("kept", "gone", "last"),
    [(0, 1, 0), (1, 0, 0), (None, 1, 1), (1, None, 1), (None, None, None)],
)
def test_of_two_accounts_the_later_reminder_counts(ana, bea, tomas, kept, gone, last):
    for person, days in ((ana, kept), (bea, gone)):
        if days is not None:
            ReminderClock.objects.create(person=person, reminded_at=NOON - days * DAY)

    move_clock(Merging(kept=ana, gone=bea, by=tomas, at=NOON))

    rows = list(ReminderClock.objects.values_list("person", "reminded_at"))
    assert rows == ([] if last is None else [(ana.pk, NOON - last * DAY)])
