"""Who was seen lately."""

from datetime import timedelta

import pytest

from lms.queue import health
from lms.queue.actions import say_alive
from lms.queue.models import BEAT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (44, True), (45, False)])
def test_worker_is_alive_while_seen_lately(at, seconds, alive):
    say_alive("worker", at=at - timedelta(seconds=seconds))

    assert health.worker_alive(at=at) is alive
    assert health.beat_alive(at=at) is False


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (44, True), (45, False)])
def test_beat_is_alive_while_seen_lately(at, seconds, alive):
    say_alive(BEAT, at=at - timedelta(seconds=seconds))

    assert health.beat_alive(at=at) is alive
    assert health.worker_alive(at=at) is False
