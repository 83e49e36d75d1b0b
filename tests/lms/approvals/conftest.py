"""A mandate that Sofía asks for, and Rosa, who may be her second person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.approvals.models import Approval
from lms.mandates.actions import grant
from lms.people.choices import Role
from tests.factories import MandateFactory, PersonFactory


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def rosa(db):
    """Rosa sits in the secretariat as well: the second person."""
    person = PersonFactory(
        email="rosa@example.org", legal_name="Rosa Quesada Mora", country="CR"
    )
    MandateFactory(holder=person, role=Role.SECRETARIAT, country="")
    return person


@pytest.fixture
def ask_for(sofia, now):
    """Return a function by which Sofía asks for a trainer at that address."""

    def ask(address="nadie@example.org", *, by=sofia):
        today = timezone.localdate()
        mandate = grant(
            by,
            address=address,
            role=Role.TRAINER,
            country="GT",
            institution=None,
            from_on=today,
            until_on=today + timedelta(days=365),
            reason="Oficio 7-2026",
            at=now,
        )
        return Approval.objects.get(subject=mandate.uuid)

    return ask


@pytest.fixture
def asked(ask_for):
    return ask_for()
