"""Programs of Inés and Hugo, and people of theirs with lines."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates.lines.drawing import draw_all
from tests.factories import (
    AffiliationFactory,
    EnrolmentFactory,
    InstitutionFactory,
    PersonFactory,
)
from tests.lms.tokens.making import making


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def make(db, now):
    return making(now)


@pytest.fixture
def program_of(make):
    """Return a function that gives a program the token of a mandate."""

    def of(mandate, name="Tablero"):
        secret = make(mandate, name=name)[1]
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return of


@pytest.fixture
def program(ines, program_of):
    """A program with a token of Inés's mandate."""
    return program_of(ines.mandates.get())


@pytest.fixture
def enrolled(edition, now):
    """Return a function that makes people of an institution who take the course."""

    def make_people(institution, number, *, country="GT", **traits):
        made = []
        for _one in range(number):
            person = PersonFactory(country=country, **traits)
            AffiliationFactory(person=person, institution=institution, confirmed=True)
            EnrolmentFactory(
                learner=person, edition=edition, enrolled_at=now - timedelta(days=3)
            )
            made.append(person)
        return made

    return make_people


@pytest.fixture
def honduran(db):
    return InstitutionFactory(code="hn-poder-judicial", country="HN")


@pytest.fixture
def ours(judiciary, enrolled, now):
    """Three people of the judiciary who take the course."""
    people = enrolled(judiciary, 3)
    draw_all(at=now)
    return people
