"""What the tests of belonging share: people who say they belong, and the log."""

import pytest

from lms.audit.models import Event
from lms.people.choices import Role
from tests.factories import (
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)


@pytest.fixture
def claims(judiciary):
    """Return a function that lets so many people say they work in the judiciary."""

    def say(count, *, institution=judiciary, **facts):
        return [
            AffiliationFactory(
                institution=institution,
                person=PersonFactory(legal_name=f"Zq Persona {number:03d}", **facts),
            )
            for number in range(count)
        ]

    return say


@pytest.fixture
def people(claims):
    """Return a function that makes so many confirmed people of the judiciary."""

    def make(count, **facts):
        rows = claims(count, **facts)
        for row in rows:
            confirmed(row)
        return [row.person for row in rows]

    return make


def confirmed(row):
    row.confirmed_by, row.confirmed_at = row.person, row.person.joined_at
    row.save()
    return row


@pytest.fixture
def court(db):
    """A court of Honduras."""
    return InstitutionFactory(
        code="hn-poder-judicial", country="HN", name_es="Poder Judicial HN"
    )


@pytest.fixture
def pilar(db):
    """Pilar is an officer for shielded people in Guatemala."""
    person = PersonFactory(email="pilar@example.org", legal_name="Pilar Sic Ajú")
    MandateFactory(holder=person, role=Role.PROTECTION, seat=1)
    return person


@pytest.fixture
def elena(db):
    """Elena reads the reports of the whole of Guatemala."""
    person = PersonFactory(email="elena@example.org", legal_name="Elena Coy Rax")
    MandateFactory(holder=person)
    return person


@pytest.fixture
def enter(client):
    """Return a function that signs somebody in and hands out their browser."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def looks(db):
    """Return a function that gives the people of each look, in order."""

    def read(kind=Event.Kind.LOOK):
        events = Event.objects.filter(kind=kind).order_by("pk")
        return [set(event.subjects.all()) for event in events]

    return read
