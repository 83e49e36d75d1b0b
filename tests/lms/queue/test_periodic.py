"""The register of periodic work."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.queue.periodic import Work, every
from lms.queue.tasks import forget_finished

DAY = timedelta(days=1)


def test_every_registers_a_task_and_returns_it(register):
    task = every(DAY, name="sweep")(forget_finished)

    assert task is forget_finished
    assert register == {"sweep": Work(forget_finished, DAY)}


def test_every_may_be_said_twice(register):
    every(DAY, name="sweep")(forget_finished)
    every(DAY, name="sweep")(forget_finished)

    assert len(register) == 1


def test_every_refuses_two_kinds_of_work_under_one_name(register):
    every(DAY, name="sweep")(forget_finished)

    with pytest.raises(ImproperlyConfigured):
        every(2 * DAY, name="sweep")(forget_finished)
