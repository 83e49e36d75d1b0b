"""Which files of reports may be fetched, by whom, and for whom somebody may agree."""

from datetime import timedelta

import pytest
import time_machine

from certificates.models import ReportFile
from certificates.takeaway import keeping
from certificates.takeaway.making import note_export
from lms.models import Mandate, User
from lms.people.choices import Role
from tests.certificates.takeaway.test_recipients import DAY, ON
from tests.factories import NOON, InstitutionFactory, MandateFactory
from tests.posts.reports import a_report_file

TICK = timedelta(microseconds=1)
MIDNIGHT = NOON + timedelta(hours=12)  # in Guatemala; in UTC the day is six hours old
GONE = {"closed_at": NOON, "is_active": False, "erased_at": NOON, "legal_name": ""}
AT_ITS_EDGES = [
    ({"from_on": ON}, True),
    ({"from_on": ON + DAY}, False),
    ({"until_on": ON}, True),
    ({"until_on": ON - DAY}, False),
    ({"ended_at": NOON, "ended_reason": "over"}, False),
    ({"accepted_at": None, "holder": None}, False),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(ines, ana):
    """A file of Inés's, in which Ana stands, until midnight of NOON's day."""
    with time_machine.travel(NOON, tick=False):
        made = a_report_file(ines)
    event = note_export(ines, whom={ana.pk}, columns=["name"], at=NOON)
    ReportFile.objects.update(until_at=MIDNIGHT, event=event)
    yield made
    keeping.delete(made.name)


def fetched(at=NOON):
    return ReportFile.objects.downloadable(at=at).exists()


@pytest.mark.parametrize(("facts", "there"), AT_ITS_EDGES)
def test_a_file_is_there_while_the_mandate_stands(file, facts, there):
    Mandate.objects.update(**facts)

    assert fetched() is there


def test_a_file_is_there_while_all_its_mandates_stand(file, ines):
    another = MandateFactory(holder=ines)
    file.mandates.add(another)
    assert fetched()

    Mandate.objects.filter(pk=another.pk).update(until_on=ON - DAY)

    assert not fetched()
    file.mandates.clear()
    assert not fetched()


def test_a_file_is_there_until_its_moment_on_the_day_that_it_is_there(file):
    Mandate.objects.update(until_on=ON)

    assert fetched(MIDNIGHT - TICK)
    assert not fetched(MIDNIGHT)


@pytest.mark.parametrize("facts", [{"shielded": True}, GONE])
def test_a_file_is_gone_once_somebody_in_it_must_not_be_named(file, ana, bruno, facts):
    User.objects.filter(pk=bruno.pk).update(**facts)
    assert fetched()

    User.objects.filter(pk=ana.pk).update(**facts)

    assert not fetched()


@pytest.mark.parametrize(
    ("over", "may"),
    [("same", True), ("above", True), ("country", True), ("below", False)],
)
def test_a_second_person_stands_over_the_same_or_above(file, judiciary, over, may):
    above = InstitutionFactory()
    judiciary.parent = above
    judiciary.save()
    places = {
        "same": judiciary,
        "above": above,
        "below": InstitutionFactory(parent=judiciary),
    }

    mandate = MandateFactory(institution=places.get(over))

    def agrees():
        return ReportFile.objects.agreeable_to(mandate.holder, on=ON).exists()

    assert agrees() is may
    Mandate.objects.filter(pk=mandate.pk).update(until_on=ON - DAY)
    assert not agrees()


@pytest.mark.parametrize(
    "facts",
    [
        {"country": "HN"},
        {"role": Role.TRAINER},
        {"role": Role.COUNTRY_OWNER},
    ],
)
def test_a_second_person_is_an_officer_of_the_country(file, facts):
    another = MandateFactory(**facts).holder

    assert not ReportFile.objects.agreeable_to(another, on=ON).exists()


def test_a_file_of_nobodys_mandate_is_agreed_to_by_nobody(file):
    officer = MandateFactory().holder
    assert ReportFile.objects.agreeable_to(officer, on=ON).exists()

    file.mandates.clear()

    assert not ReportFile.objects.agreeable_to(officer, on=ON).exists()
