"""Who was seen lately."""

from datetime import timedelta

import pytest

from lms.queue import clock, health
from lms.queue.actions import say_alive
from lms.queue.exceptions import GAVE_UP
from lms.queue.models import BEAT

pytestmark = pytest.mark.django_db


SEEN = [(0, True), (44, True), (45, False), (-44, True), (-45, False)]


@pytest.mark.parametrize(("seconds", "alive"), SEEN)
def test_worker_is_alive_while_seen_lately(at, seconds, alive):
    say_alive("worker", at=at - timedelta(seconds=seconds))

    assert health.worker_alive(at=at) is alive
    assert health.beat_alive(at=at) is False


@pytest.mark.parametrize(("seconds", "alive"), SEEN)
def test_beat_is_alive_while_seen_lately(at, seconds, alive):
    say_alive(BEAT, at=at - timedelta(seconds=seconds))

    assert health.beat_alive(at=at) is alive
    assert health.worker_alive(at=at) is False


def test_time_of_the_clock_is_nobody_who_lives(at):
    clock.trust(at=at)

    assert health.worker_alive(at=at) is False
    assert health.beat_alive(at=at) is False


def test_dead_letters_are_those_given_up_by_then(at, make_failed, make_running):
    make_failed(tries=5)
    make_failed(exception_class_path=GAVE_UP, finished_at=at - timedelta(days=9))
    make_failed(tries=5, finished_at=at + timedelta(seconds=1))
    make_failed(tries=4)
    make_running(tries=5)

    assert health.dead_letters(at) == 2
