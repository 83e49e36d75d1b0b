"""The people of the canary drill, who are strangers to each other, for access tests."""

import pytest

from certificates import canary_traces
from tests.access.addresses import belonging_to_ana, lately
from tests.keeping import kept

settle = kept(canary_traces.settle)


@pytest.fixture(autouse=True)
def second_factor(settings):
    """Everybody who sees others is asked for the second step, as on a real site."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def people(edition):
    """Return everybody by name, as they were settled a few minutes ago at most."""
    return settle(edition, at=lately())


@pytest.fixture
def things(people):
    """Return what the addresses are filled in with."""
    return belonging_to_ana(people)
