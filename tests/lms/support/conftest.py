"""What the tests of support share: the administrators, an open account, the letters."""

import pytest
from django.core import mail
from django.utils import timezone

from lms.support import actions
from tests.factories import PersonFactory
from tests.working import delivered


@pytest.fixture
def second_admin(db):
    """Another administrator."""
    return PersonFactory(
        email="second@example.org",
        legal_name="Segunda Administradora",
        is_superuser=True,
        is_staff=True,
    )


@pytest.fixture
def as_(client):
    """Return a function that signs somebody in."""

    def enter(person):
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def opened(admin, ana):
    """Ana's account, opened by the administrator a moment ago."""
    return actions.open_visit(
        ana.email, by=admin, reason="Llamó por teléfono", at=timezone.now()
    )


@pytest.fixture
def page_of(opened):
    """Return the path of a page under the visit, in English."""
    return lambda name="": f"/en/support/visits/{opened.uuid}/{name}"


@pytest.fixture
def letters():
    """Return a function that sends what waits, and returns whom each letter went to."""

    def send():
        mail.outbox.clear()
        return sorted(to for letter in delivered() for to in letter.to)

    return send
