"""A program that asks: what it shows, and what it gets."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.lms.tokens.making import making


@pytest.fixture
def mandate(ines):
    return ines.mandates.get()


@pytest.fixture
def make(db):
    return making(timezone.now())


@pytest.fixture
def secret(make, mandate):
    """The secret of a token of Inés's mandate."""
    return make(mandate)[1]


@pytest.fixture
def program(secret):
    """A program that shows the secret with each request."""
    return Client(headers={"Authorization": f"Bearer {secret}"})
