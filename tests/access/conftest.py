"""The people of the canary drill, who are strangers to each other, for access tests."""

import pytest
from django.utils import timezone

from certificates import canary_traces
from tests.access.addresses import belonging_to_ana
from tests.keeping import kept

# One moment for all: who is settled at another is made anew.
SETTLED_AT = timezone.now()
settle = kept(canary_traces.settle)


@pytest.fixture(autouse=True)
def second_factor(settings):
    """Everybody who sees others is asked for the second step, as on a real site."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def people(edition):
    """Return everybody by name."""
    return settle(edition, at=SETTLED_AT)


@pytest.fixture
def things(people):
    """Return what the addresses are filled in with."""
    return belonging_to_ana(people)
