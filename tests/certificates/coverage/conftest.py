"""The judiciary's officer, and a post of it that requires the course."""

import pytest
import time_machine

from tests.certificates.coverage.building import a_post


@pytest.fixture
def course(edition):
    return edition.course


@pytest.fixture
def post(judiciary, course, ines):
    """A post of the judiciary that any certificate of the course covers."""
    return a_post(judiciary, course, ines, code="TA", name="Turno A")


@pytest.fixture
def on_the_day(at):
    """The clock of screens stands at NOON."""
    with time_machine.travel(at, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(client, ines, on_the_day):
    client.force_login(ines)
    return client
