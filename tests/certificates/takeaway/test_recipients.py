"""Who else may have to do with a file: who gets it by the clock, who agrees to it."""

from datetime import timedelta

import pytest

from certificates.takeaway.recipients import same_scope, second_people
from lms.models import Mandate
from lms.people.choices import Role
from tests.factories import NOON, InstitutionFactory, MandateFactory, PersonFactory
from tests.posts.reports import a_report_file

ON, DAY = NOON.date(), timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(judiciary):
    """Officers of every scope but Inés's, and one of hers who is shielded."""
    another, abroad = InstitutionFactory(), InstitutionFactory(country="HN")
    return {
        "below": MandateFactory(institution=InstitutionFactory(parent=judiciary)),
        "beside": MandateFactory(institution=another),
        "country": MandateFactory(),
        "abroad": MandateFactory(country="HN", institution=abroad),
        "country abroad": MandateFactory(country="HN"),
        "trainer": MandateFactory(role=Role.TRAINER),
        "shielded": MandateFactory(
            holder=PersonFactory(shielded=True), institution=judiciary
        ),
    }


def test_a_report_goes_to_unshielded_officers_of_the_same_scope(ines, others):
    own, colleague = ines.mandates.get(), PersonFactory(legal_name="Zoila Zúñiga")
    theirs = MandateFactory(holder=colleague, institution=own.institution)

    assert list(same_scope(own, on=ON)) == [own, theirs]
    assert list(same_scope(others["country"], on=ON)) == [others["country"]]


@pytest.mark.parametrize(
    ("facts", "gets"),
    [
        ({"from_on": ON}, True),
        ({"from_on": ON + DAY}, False),
        ({"until_on": ON}, True),
        ({"until_on": ON - DAY}, False),
        ({"ended_at": NOON, "ended_reason": "over"}, False),
        ({"accepted_at": None, "holder": None}, False),
    ],
)
def test_a_report_goes_to_whose_mandate_stands_that_day(ines, judiciary, facts, gets):
    theirs = MandateFactory(institution=judiciary)
    Mandate.objects.filter(pk=theirs.pk).update(**facts)

    found = same_scope(ines.mandates.get(), on=ON)

    assert found.filter(pk=theirs.pk).exists() is gets


def test_a_second_person_covers_all_that_the_file_is_about(ines, judiciary, others):
    colleague = MandateFactory(institution=judiciary).holder
    file = a_report_file(ines)

    found = set(second_people(file, on=ON))

    assert found == {
        colleague,
        *(others[name].holder for name in ("country", "shielded")),
    }
    Mandate.objects.filter(holder=colleague).update(until_on=ON - DAY)
    assert colleague not in second_people(file, on=ON)
    file.mandates.add(others["beside"])
    assert second_people(file, on=ON) == [others["country"].holder]
