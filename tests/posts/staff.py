"""Those who work with people, and the records that their forms are about."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.models import Attendance, CountryNote, Workshop
from lms.approvals.models import Approval
from lms.audit.models import Alarm
from lms.belonging.actions import shield
from lms.belonging.rules import text_key
from lms.mandates.actions import grant
from lms.models import Cohort, User
from lms.people import rooms
from lms.people.actions import close
from lms.people.choices import Role
from lms.support.actions import open_visit
from lms.support.mailboxes import link_for
from tests.factories import (
    NOON,
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
    TrainingFactory,
    WorkshopFactory,
)
from tests.posts.forms.learners import WORKSHOP
from tests.posts.forms.staff import CLAIM, COHORT, INSTITUTION, LEARNER


@pytest.fixture
def marta(judiciary):
    """Marta is the ministry officer of the whole of Guatemala."""
    return holder("marta@example.org", role=Role.MINISTRY)


@pytest.fixture
def pilar(db):
    """Pilar is an officer for shielded people in Guatemala."""
    return holder("pilar@example.org", role=Role.PROTECTION, seat=1)


@pytest.fixture
def olga(db):
    """Olga answers for the notes of Guatemala."""
    return holder("olga@example.org", role=Role.COUNTRY_OWNER)


@pytest.fixture
def second_admin(db):
    return PersonFactory(email="second@example.org", is_superuser=True, is_staff=True)


@pytest.fixture
def abroad(db):
    """Somebody who does in Honduras all that others do in Guatemala."""
    person = holder("abroad@example.org", role=Role.PROTECTION, country="HN", seat=1)
    for role in (Role.TRAINER, Role.MINISTRY, Role.COUNTRY_OWNER):
        MandateFactory(holder=person, role=role, country="HN")
    return person


def holder(email, **facts):
    person = PersonFactory(email=email)
    MandateFactory(holder=person, **facts)
    return person


@pytest.fixture
def institution(db):
    return InstitutionFactory(pk=int(INSTITUTION))


@pytest.fixture
def offer(ana, sofia):
    """A mandate that is offered to Ana."""
    return MandateFactory(
        holder=None,
        address=ana.email,
        role=Role.TRAINER,
        granted_by=sofia,
        accepted_at=None,
    ).uuid


@pytest.fixture
def mandate(tomas):
    return tomas.mandates.get().uuid


@pytest.fixture
def approval(db):
    """What another one of the secretariat asked for."""
    rosa = holder("rosa@example.org", role=Role.SECRETARIAT, country="")
    asked = grant(
        rosa,
        address="nadie@example.org",
        role=Role.TRAINER,
        country="GT",
        institution=None,
        from_on=NOON.date(),
        until_on=date(2027, 11, 1),
        reason="Oficio 7-2026",
        at=NOON,
    )
    return Approval.objects.get(subject=asked.uuid).uuid


@pytest.fixture
def claim(bruno, judiciary):
    """Bruno says that he works in the judiciary."""
    return AffiliationFactory(pk=int(CLAIM), person=bruno, institution=judiciary).pk


@pytest.fixture
def typed(bruno, institution):
    """What Bruno typed, as the address of its page says it."""
    AffiliationFactory(person=bruno, institution=None, institution_typed="Juzgado")
    return text_key("Juzgado")


@pytest.fixture
def shielded(ana):
    shield(ana, by=ana, reason="", at=NOON)
    return ana.uuid


@pytest.fixture
def open_room(tomas):
    return rooms.open_room(
        tomas, address="192.0.2.7", places=40, minutes=20, at=NOON
    ).pk


@pytest.fixture
def member(ana, tomas):
    """Ana, in the cohort that the form says."""
    Cohort.objects.update(uuid=COHORT)
    return ana.uuid


@pytest.fixture
def cohort_that_trains(member, institution):
    """Ana's cohort, and the institution that organises its workshops."""
    return COHORT


def a_workshop(ana, **facts):
    User.objects.filter(pk=ana.pk).update(uuid=LEARNER)
    return WorkshopFactory(cohort=Cohort.objects.get(), uuid=WORKSHOP, **facts)


@pytest.fixture
def workshop_now(ana, cohort_that_trains):
    return a_workshop(ana).uuid


@pytest.fixture
def workshop_ahead(ana, cohort_that_trains):
    begins = NOON + timedelta(days=1)
    return a_workshop(ana, starts_at=begins, ends_at=begins + timedelta(hours=4)).uuid


@pytest.fixture
def workshop_with_a_place(ana, workshop_ahead):
    take_place(Workshop.objects.get(), person=ana, at=NOON)
    return workshop_ahead


@pytest.fixture
def at_the_workshop(workshop_now):
    """Ana, who has no mark yet."""
    return LEARNER


@pytest.fixture
def attended(ana, tomas, workshop_now):
    """Ana, who was marked present."""
    mark(
        Workshop.objects.get(),
        person=ana,
        how=Attendance.How.TYPED,
        by=tomas,
        at=NOON,
    )
    return LEARNER


@pytest.fixture
def announced(tomas):
    return TrainingFactory(entered_by=tomas).uuid


@pytest.fixture
def note(db):
    return CountryNote.objects.create(
        country="GT",
        topic="contacts",
        titles={"es": "Contactos", "en": "Contacts"},
        texts={"es": "Texto", "en": "Text"},
        checked_on=date(2026, 1, 1),
        owners={"es": "Secretaría", "en": "Secretariat"},
    ).pk


@pytest.fixture
def alarm(tomas):
    return Alarm.objects.create(
        actor=tomas, hour_at=NOON, people=90, usual=3, raised_at=NOON
    ).pk


@pytest.fixture
def visit(admin, ana):
    """Ana's account, opened by the administrator."""
    return open_visit(ana.email, by=admin, reason="Perdió el correo", at=NOON).uuid


@pytest.fixture
def visit_to_one_of_two(visit):
    PersonFactory(email="ana2@example.org", legal_name="Ana Ruiz")
    return visit


@pytest.fixture
def visit_to_a_key(visit, ana):
    Authenticator.objects.create(user=ana, type="webauthn", data={})
    return visit


@pytest.fixture
def visit_to_a_closed_one(visit, ana):
    close(ana, by=ana, reason="", at=NOON)
    return visit


@pytest.fixture
def new_address_key(ana):
    """The key of a link that was mailed to Ana's new address."""
    return link_for(ana, "nueva@example.org").split("/")[-2]
