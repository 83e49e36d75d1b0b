"""Who looked at unusually many people, told once an hour and to administrators only."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from lms.audit.alarms import watch
from lms.audit.models import Alarm, Event
from lms.audit.rules import NOT_FOUND
from lms.audit.tasks import tell_of_an_alarm, watch_the_log
from lms.models import User
from lms.queue.periodic import REGISTER
from tests.factories import NOON, MandateFactory, PersonFactory, rival
from tests.working import delivered

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def crowd(db):
    """Two hundred and one people."""
    return User.objects.bulk_create(
        User(email=f"crowd{number}@example.org", legal_name="Gente")
        for number in range(201)
    )


def raised():
    return list(Alarm.objects.values_list("actor__email", "people", "usual"))


def test_more_than_two_hundred_people_in_an_hour_are_too_many(look, crowd):
    look(*crowd[:150])
    look(*crowd[100:], at=NOON + 30 * MINUTE)

    watch(at=NOON + 31 * MINUTE)

    assert raised() == [("tomas@example.org", 201, 0)]
    assert Alarm.objects.get().hour_at == NOON


def test_two_hundred_are_not(look, crowd):
    look(*crowd[:200])

    assert watch(at=NOON) == []


def test_oneself_does_not_count(look, crowd, tomas):
    look(tomas, *crowd[:200])

    assert watch(at=NOON) == []


def test_same_person_twice_counts_once(look, crowd):
    look(*crowd[:150])
    look(*crowd[:150], at=NOON + MINUTE)

    assert watch(at=NOON + MINUTE) == []


@pytest.mark.parametrize(("minutes", "raises"), [(59, 1), (60, 0)])
def test_only_the_hour_before_counts(look, crowd, minutes, raises):
    look(*crowd)

    assert len(watch(at=NOON + minutes * MINUTE)) == raises


@pytest.mark.parametrize(
    ("kind", "raises"),
    [
        (Event.Kind.LOOK, 1),
        (Event.Kind.EXPORT, 1),
        (Event.Kind.CHANGE, 0),
        (Event.Kind.CHECK, 0),
    ],
)
def test_looks_and_exports_count(look, crowd, kind, raises):
    look(*crowd, kind=kind)

    assert len(watch(at=NOON)) == raises


def test_who_has_no_account_raises_none(look, crowd):
    look(*crowd, actor=None)

    assert watch(at=NOON) == []


@pytest.mark.parametrize(
    ("usual", "now", "raises"),
    [(10, 30, 0), (10, 31, 1), (6, 19, 0), (6, 20, 1), (0, 150, 0)],
)
def test_three_times_ones_own_most_is_unusual(look, crowd, usual, now, raises):
    if usual:
        look(*crowd[:usual], at=NOON - 20 * HOUR)
        look(*crowd[:1], at=NOON - 10 * HOUR)
    look(*crowd[:now])

    assert [alarm.usual for alarm in watch(at=NOON)] == [usual] * raises


def test_what_was_longer_ago_than_thirty_days_is_forgotten(look, crowd):
    look(*crowd[:10], at=NOON - timedelta(days=30, hours=2))
    look(*crowd[:31])

    assert watch(at=NOON) == []


def test_habits_are_ones_own(look, crowd, tomas, ines):
    look(*crowd[:1], at=NOON - 20 * HOUR, actor=ines)
    look(*crowd[:100], at=NOON - 20 * HOUR)
    look(*crowd[:40])
    look(*crowd[:40], actor=ines)

    watch(at=NOON)

    assert raised() == [("ines@example.org", 40, 1)]


@pytest.mark.parametrize(("tries", "raises"), [(19, 0), (20, 1)])
def test_trying_addresses_that_nobody_has_raises_one(look, admin, tries, raises):
    for minute in range(tries):
        look(actor=admin, purpose=NOT_FOUND, at=NOON + minute * MINUTE)

    watch(at=NOON + 30 * MINUTE)

    assert list(Alarm.objects.values_list("actor", "people", "unknown")) == (
        [(admin.pk, 0, 20)] * raises
    )


def test_slips_of_several_people_or_hours_raise_none(look, admin, ines):
    for number in range(19):
        look(actor=admin, purpose=NOT_FOUND)
        look(actor=ines, purpose=NOT_FOUND)
        look(actor=admin, purpose=NOT_FOUND, at=NOON - HOUR)
        look(actor=admin, purpose="list without anybody", at=NOON - number * MINUTE)

    assert watch(at=NOON) == []


def test_alarm_is_raised_once_an_hour(look, crowd):
    look(*crowd)

    first, again = watch(at=NOON), watch(at=NOON + MINUTE)

    assert (len(first), again) == (1, [])
    assert len(watch(at=NOON + HOUR - MINUTE)) == 0
    assert Alarm.objects.count() == 1


def test_of_two_that_watch_at_once_one_tells(look, crowd, tomas):
    look(*crowd)
    faster = Alarm(
        actor=tomas, hour_at=NOON, people=201, usual=0, raised_at=NOON - MINUTE
    )

    with rival(faster):
        raised_here = watch(at=NOON)

    assert raised_here == []
    assert Alarm.objects.count() == 1


@pytest.mark.parametrize("actors", [1, 3])
def test_watch_asks_as_often_for_one_as_for_three(
    look, crowd, actors, django_assert_num_queries
):
    for _actor in range(actors):
        somebody = PersonFactory()
        MandateFactory(holder=somebody)
        look(*crowd, actor=somebody)

    with django_assert_num_queries(8):  # two of them a savepoint's
        found = watch(at=NOON)

    assert len(found) == actors


def test_administrators_are_told_in_neutral_words(look, crowd, admin, time_machine):
    PersonFactory(email="gone@example.org", is_superuser=True, is_active=False)
    look(*crowd)
    time_machine.move_to(NOON, tick=False)

    assert watch_the_log.call() == 1
    assert watch_the_log.call() == 0

    (message,) = delivered()
    assert message.to == ["admin@example.org"]
    assert "/es/support/" in message.body
    assert "Tomás" not in message.subject + message.body
    assert "tomas" not in message.subject + message.body


def test_every_administrator_gets_one_task(look, crowd, admin, time_machine):
    look(*crowd)
    time_machine.move_to(NOON, tick=False)

    watch_the_log.call()

    waiting = DBTaskResult.objects.filter(task_path=tell_of_an_alarm.module_path)
    assert [task.args_kwargs["args"] for task in waiting] == [[admin.pk]]


def test_log_is_watched_every_minute(db):
    assert REGISTER["watch who looks at whom"].task is watch_the_log
    assert REGISTER["watch who looks at whom"].every == MINUTE
