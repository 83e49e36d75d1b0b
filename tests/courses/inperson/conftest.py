"""Tomás's cohort, a workshop of it at NOON, and browsers."""

import pytest

from lms.models import Cohort
from tests.factories import NOON, WorkshopFactory


@pytest.fixture(autouse=True)
def noon(time_machine):
    """It is NOON: the workshop has just begun."""
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def cohort(tomas):
    """The cohort that Tomás trains, with Ana in it."""
    return Cohort.objects.get()


@pytest.fixture
def workshop(cohort):
    """Two places, 180 minutes, from NOON on for four hours."""
    return WorkshopFactory(cohort=cohort, title="Entrevista")


@pytest.fixture
def enter(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
