"""A clock that leaves the database's is told of once, and nothing is deleted by it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from lms.mail.models import Letter
from lms.models import User
from lms.people.rules import SIGN_UP_KEPT
from lms.people.tasks import run_retention
from lms.queue import actions, clock
from lms.queue.models import WorkerSeen
from tests.factories import PersonFactory

DAY, YEAR = timedelta(days=1), timedelta(days=365)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(register):
    """The true time, at which beat has just been there."""
    now = timezone.now()
    actions.beat(at=now)
    return now


def signed_up(at):
    """Somebody who never confirmed an address."""
    person = PersonFactory(joined_at=at)
    EmailAddress.objects.filter(user=person).update(verified=False)
    return person


def told():
    return list(Letter.objects.order_by("pk").values_list("facts__kind", flat=True))


def test_the_first_time_of_all_is_believed():
    assert clock.is_true(at=timezone.now() + YEAR)


@pytest.mark.parametrize(
    ("apart", "is_true"),
    [
        (timedelta(hours=22), True),
        (-timedelta(hours=22), True),
        (DAY, False),
        (-DAY, False),
        (YEAR, False),
    ],
)
def test_a_clock_is_wrong_when_it_is_a_day_apart(now, apart, is_true):
    assert clock.is_true(at=now + apart) is is_true


def test_a_time_that_follows_is_noted_and_one_after_a_jump_is_not(now):
    for at in (now + DAY / 2, now + YEAR, now + DAY / 4):
        clock.watch(at=at)

    mark = WorkerSeen.objects.get(worker_id=clock.CLOCK)
    if connection.vendor == "sqlite":
        assert mark.seen_at == now + DAY / 2


def test_a_jump_and_the_return_are_told_once_each_to_administrators(
    now, admin, ana, caplog
):
    for at in (now + YEAR, now + YEAR + timedelta(seconds=5), now, now):
        actions.beat(at=at)

    assert told() == ["clock-left", "clock-came-back"]
    assert set(Letter.objects.values_list("person", flat=True)) == {admin.pk}
    assert [r.getMessage() for r in caplog.records if "rouble" in r.getMessage()] == [
        "Trouble: clock-left",
        "Trouble: clock-came-back",
    ]


def test_a_clock_that_goes_on_is_not_told(now, admin):
    actions.beat(at=now + timedelta(hours=1))
    actions.beat(at=now + timedelta(minutes=55))

    assert told() == []


@pytest.mark.parametrize("apart", [DAY, YEAR])
def test_nobody_is_deleted_by_a_clock_that_is_ahead(now, admin, apart, caplog):
    newcomer = signed_up(now - SIGN_UP_KEPT + DAY / 2)

    with time_machine.travel(now + apart, tick=False):
        run_retention.func()

    assert User.objects.contains(newcomer)
    assert told() == ["clock-left"]
    assert (
        "lms.people.tasks.run_retention did nothing: the clock is wrong" in caplog.text
    )


def test_once_the_clock_is_back_the_same_work_is_done(now):
    newcomer = signed_up(now - SIGN_UP_KEPT)
    actions.beat(at=now + YEAR)
    actions.beat(at=now)

    run_retention.func()

    assert not User.objects.contains(newcomer)


def test_who_says_that_the_clock_is_right_is_believed(now):
    clock.trust(at=now + YEAR)

    if connection.vendor == "sqlite":
        assert clock.is_true(at=now + YEAR)
