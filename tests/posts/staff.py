"""Those who work with people, and the records that their forms are about."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from certificates.models import DutyPost
from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.models import Assignment, Attendance, CountryNote, Workshop
from lms.approvals.models import Approval
from lms.audit.models import Alarm
from lms.belonging.actions import shield
from lms.belonging.rules import text_key
from lms.mandates.actions import grant
from lms.models import (
    Cohort,
    CohortMember,
    CohortTrainer,
    JoinCode,
    MembershipRule,
    RosterCheck,
    User,
)
from lms.people import rooms
from lms.people.actions import close
from lms.people.choices import Role, Track
from lms.support.actions import open_visit
from lms.support.mailboxes import link_for
from lms.team import actions
from lms.team.roster.actions import keep
from lms.team.roster.checking import New, Report
from tests.certificates.coverage.building import a_roster, held_post, of
from tests.factories import (
    NOON,
    PASSWORD,
    AffiliationFactory,
    CohortFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
    TrainingFactory,
    WorkshopFactory,
)
from tests.lms.team.inviting import invited, token_of
from tests.lms.tokens.making import making
from tests.posts.forms.learners import WORKSHOP
from tests.posts.forms.staff import (
    CLAIMED,
    CODE,
    COHORT,
    DUTY_POST,
    HELD,
    INSTITUTION,
    LEARNER,
    MEMBER,
    MINISTRY,
    RECIPIENT,
)
from tests.posts.reports import a_saved_report


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
def ministry_mandate(ines):
    """The mandate of Inés, as a form names it."""
    ines.mandates.update(uuid=MINISTRY)


@pytest.fixture
def sure_ines(ines):
    """Inés, who has just shown that it is she."""
    browser = Client()
    browser.force_login(ines)
    browser.post("/es/account/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def api_token(ines):
    """A token of the mandate of Inés."""
    return making(NOON)(ines.mandates.get())[0].uuid


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
    return AffiliationFactory(pk=CLAIMED, person=bruno, institution=judiciary).pk


@pytest.fixture
def typed(bruno, institution):
    """What Bruno typed, as the address of its page says it."""
    AffiliationFactory(person=bruno, institution=None, institution_typed="Juzgado")
    return text_key("Juzgado")


@pytest.fixture
def confirmed(ana, ines):
    """Ana, of whom the judiciary says that she is theirs."""
    ana.affiliations.update(confirmed_by=ines, confirmed_at=NOON)
    return ana.uuid


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
def officer(member, ana):
    """The same, as if she were a child protection officer."""
    type(ana).objects.filter(pk=ana.pk).update(track=Track.OPI)
    return member


@pytest.fixture
def cohort(member):
    """Ana's cohort, which Tomás trains."""
    return COHORT


@pytest.fixture
def cohort_and_institution(cohort, institution):
    return cohort


@pytest.fixture
def second_trainer(cohort):
    """Another one who trains Ana's cohort."""
    person = holder("berta@example.org", role=Role.TRAINER)
    one = Cohort.objects.get(uuid=cohort)
    CohortTrainer.objects.create(cohort=one, trainer=person, from_on=one.from_on)
    return person.uuid


@pytest.fixture
def membership_rule(cohort, tomas):
    return MembershipRule.objects.create(
        cohort=Cohort.objects.get(uuid=cohort),
        track="opi",
        made_by=tomas,
        made_at=NOON,
    ).uuid


@pytest.fixture
def team(member):
    """The cohort that the form says: no more is needed."""


@pytest.fixture
def asked(member, tomas):
    """An invitation into that cohort, to an address that is nobody's."""
    return invited(Cohort.objects.get(), by=tomas, at=NOON, address="x@y.example").uuid


@pytest.fixture
def invitation(ana, olga):
    """An invitation for Ana, to another cohort than her own."""
    return invited(CohortFactory(), by=olga, at=NOON, address=ana.email).uuid


@pytest.fixture
def token(ana, olga):
    return token_of(invited(CohortFactory(), by=olga, at=NOON))


@pytest.fixture
def open_code(member, tomas):
    """The code that the form says, open for the cohort that the form says."""
    actions.open_code(Cohort.objects.get(), by=tomas, places=9, hours=2, at=NOON)
    JoinCode.objects.update(code=CODE)


@pytest.fixture
def roster(member, tomas):
    """A list that Tomás gave, and that waits to be accepted."""
    return a_list(Cohort.objects.get(), by=tomas).uuid


@pytest.fixture
def duty_post(ines, judiciary, course):
    """A duty post of the judiciary, which somebody holds; and whom the form names."""
    named = of(judiciary)
    User.objects.filter(pk=named.pk).update(uuid=MEMBER)
    return held_post(of(judiciary), by=ines).post.uuid


@pytest.fixture
def post_holder(ines, judiciary, course):
    """Who holds the duty post that the form's address names."""
    held = held_post(of(judiciary), by=ines)
    DutyPost.objects.filter(pk=held.post_id).update(uuid=DUTY_POST)
    return held.uuid


@pytest.fixture
def post_roster(ines, judiciary, course):
    """A roster that Inés gave, and that waits to be loaded."""
    return a_roster(by=ines).uuid


@pytest.fixture
def to_be_reminded(member, ana, tomas, course):
    """Ana, as the form says, with a course that her cohort takes."""
    User.objects.filter(pk=ana.pk).update(uuid=MEMBER)
    Assignment.objects.create(
        cohort=Cohort.objects.get(),
        course=course,
        assigned_by=tomas,
        assigned_at=NOON,
    )


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
def named_superior(tomas):
    """Julia, who has no account, is the superior of Ana."""
    CohortMember.objects.update(
        superior_name="Julia Sosa", superior_address="julia@example.org"
    )


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
def visit_to_a_mandate(visit, ana):
    MandateFactory(holder=ana, uuid=HELD)
    return visit


@pytest.fixture
def visit_to_a_closed_one(visit, ana):
    close(ana, by=ana, reason="", at=NOON)
    return visit


@pytest.fixture
def new_address_key(ana):
    """The key of a link that was mailed to Ana's new address."""
    return link_for(ana, "nueva@example.org").split("/")[-2]


@pytest.fixture
def saved_report(ines):
    """A report that Inés saved, and has made every week; she gets it."""
    User.objects.filter(pk=ines.pk).update(uuid=RECIPIENT)
    return a_saved_report(ines).uuid


@pytest.fixture
def report_schedule(ines):
    return a_saved_report(ines).schedules.get().uuid


def a_list(cohort, *, by) -> RosterCheck:
    """Return a list for the cohort that waits to be accepted."""
    at = timezone.now()
    row = {"row": 2, "address": "nadie@example.org", "facts": {}, "warnings": []}
    return keep(cohort, by=by, report=Report(new=[New(**row)]), at=at)
