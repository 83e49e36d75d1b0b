"""What the tests of people share: a form filled in, a code read from the mail."""

import re

import pytest
from django.core import mail

from tests.factories import PASSWORD
from tests.working import work_off


@pytest.fixture
def form():
    """The sign-up, filled in by Néstor, a judge who reads Spanish."""
    return {
        "email": "nestor@example.org",
        "legal_name": "Néstor Pérez",
        "password1": "cuatro palabras sueltas",
        "institution": "other-GT",
        "institution_typed": "Juzgado Primero",
        "track": "judge",
        "language": "es",
        "consent": "on",
    }


@pytest.fixture
def code():
    """Return a function that has the mail sent and reads the code in the newest."""

    def read():
        work_off()
        return re.search(r"\b\d{4}-\d{4}\b", mail.outbox[-1].body)[0]

    return read


@pytest.fixture
def sign_in(client):
    """Return a function that signs a person in as they would, with their password."""

    def enter(person, *, browser=client, **facts):
        return browser.post(
            "/es/account/login/",
            {"login": person.email, "password": PASSWORD, **facts},
        )

    return enter


@pytest.fixture
def sure(client):
    """Return a function that signs in and then confirms who it is, as asked."""

    def enter(person):
        client.force_login(person)
        client.post("/es/account/reauthenticate/", {"password": PASSWORD})
        return client

    return enter
