"""Ana's certificate, who may change it, and how two of them do."""

import pytest

from certificates.models import Certificate
from certificates.revoking.actions import ask_for
from lms.approvals.actions import decide
from tests.factories import MandateFactory, PersonFactory


@pytest.fixture(autouse=True)
def confirmed(ana, at):
    """It was confirmed that Ana works at the judiciary."""
    ana.affiliations.update(confirmed_by=ana, confirmed_at=at)


@pytest.fixture
def lucia(db):
    """Lucía reads the reports of all of Guatemala."""
    person = PersonFactory(email="lucia@example.org", legal_name="Lucía Coj")
    MandateFactory(holder=person, institution=None, country="GT")
    return person


@pytest.fixture
def asked(award, ines, at):
    """Return a function by which Inés asks to change Ana's certificate."""

    def ask(why="deception", *, by=ines, at=at, reason="Oficio 9-2026"):
        award.refresh_from_db()
        return ask_for(award, why=why, reason=reason, by=by, at=at)

    return ask


@pytest.fixture
def changed(asked, award, lucia, at):
    """Return a function by which Inés asks, and Lucía agrees."""

    def change(why="deception", *, at=at, **more):
        decide(asked(why, at=at, **more), approve=True, by=lucia, at=at)
        return Certificate.objects.with_successor().get(pk=award.pk)

    return change
