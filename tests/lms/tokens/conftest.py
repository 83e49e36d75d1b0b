"""What the tests of tokens share: the officer's mandate, and a token of it."""

import pytest
from django.utils import timezone

from tests.lms.tokens.making import making

today = timezone.localdate  # asked in each test: a run may pass midnight


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def mandate(ines):
    return ines.mandates.get()


@pytest.fixture
def make(now):
    """Return a function that makes a token of somebody's mandate."""
    return making(now)
