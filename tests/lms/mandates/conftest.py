"""What the tests of mandates share: who grants, and an offer as it is typed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lms.mandates import actions
from lms.mandates.mails import code_for
from lms.mandates.rules import window_of
from lms.people.choices import Role
from tests.factories import InstitutionFactory, MandateFactory, PersonFactory
from tests.working import delivered

today = timezone.localdate  # asked in each test: a run may pass midnight


def accept(mandate, *, by, at):
    """Take an offer with the code that goes to its mailbox at that moment."""
    code = code_for(mandate, by.pk, window=window_of(at))
    actions.accept(mandate, by=by, code=code, at=at)


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
def other_admin(db):
    return PersonFactory(
        email="other-admin@example.org",
        legal_name="Alma Castillo",
        is_staff=True,
        is_superuser=True,
    )


@pytest.fixture
def marta(judiciary):
    """Marta is the ministry officer of the whole of Guatemala."""
    person = PersonFactory(email="marta@example.org", legal_name="Marta Cojtí Xol")
    MandateFactory(holder=person)
    return person


@pytest.fixture
def honduran(db):
    return InstitutionFactory(
        code="hn-poder-judicial", country="HN", name_en="Judiciary of Honduras"
    )


@pytest.fixture
def facts(now):
    """A mandate as it is asked for, to an address that nobody has."""

    def of(role=Role.TRAINER, country="GT", institution=None, **more):
        return {
            "address": "nadie@example.org",
            "role": role,
            "country": country,
            "institution": institution,
            "from_on": today(),
            "until_on": today() + timedelta(days=365),
            "reason": "Oficio 7-2026",
            "at": now,
        } | more

    return of


@pytest.fixture
def offered(marta, judiciary, facts):
    """Return a function that offers Guatemala's judiciary to an address."""

    def to(address, **more):
        place = {"role": Role.MINISTRY, "institution": judiciary}
        return actions.grant(marta, **facts(**place, address=address, **more))

    return to


@pytest.fixture
def letters():
    """Return a function that sends what waits in the queue and counts the letters."""

    def send():
        before = len(mail.outbox)
        return len(delivered()) - before

    return send
