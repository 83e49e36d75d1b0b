"""The people of the canary drill, who are strangers to each other, for access tests."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from certificates import canary_traces
from tests.access.addresses import belonging_to_ana
from tests.keeping import kept

settle = kept(canary_traces.settle)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FOR_A_WHILE = timedelta(minutes=5)  # a support visit of theirs ends after fourteen


@pytest.fixture(autouse=True)
def second_factor(settings):
    """Everybody who sees others is asked for the second step, as on a real site."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def people(edition):
    """Return everybody by name, as they were settled a few minutes ago at most."""
    now = timezone.now()
    return settle(edition, at=now - (now - BEGINNING) % FOR_A_WHILE)


@pytest.fixture
def things(people):
    """Return what the addresses are filled in with."""
    return belonging_to_ana(people)
