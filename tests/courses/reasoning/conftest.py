"""An edition that asks for a page of reasons, and trainers who read."""

import pytest

from lms.people.choices import Role
from tests.courses.reasoning.building import an_edition, asking
from tests.factories import CohortFactory, MandateFactory, PersonFactory


def trainer(email: str, *, country: str = "GT"):
    person = PersonFactory(email=email, country=country)
    MandateFactory(holder=person, role=Role.TRAINER, country=country)
    return person


@pytest.fixture
def asked(db):
    return asking(an_edition())


@pytest.fixture
def rosa(db):
    """Rosa trains another cohort of Guatemala."""
    person = trainer("rosa@example.org")
    CohortFactory(name="Fiscalías 2026", trainers=[person])
    return person


@pytest.fixture
def hector(db):
    """Héctor trains in Honduras."""
    person = trainer("hector@example.org", country="HN")
    CohortFactory(name="OPI 2026", country="HN", trainers=[person])
    return person
