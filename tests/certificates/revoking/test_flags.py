"""A certificate whose pass was lost is flagged; nobody revokes it in silence."""

from uuid import uuid4

import pytest

from certificates.models import Certificate
from courses.models import Attempt, KeyCorrection, Question
from lms.audit.models import Event
from tests.certificates.revoking.test_screens import browser_of, words
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LIST = "/en/certificates/to-decide/"
WHY = "signed on 2 November 2026 that marks fall. Reason: It harms"


@pytest.fixture
def lost(award, activities, sofia, at):
    """The final test of Ana's certificate: passed by a key that was wrong."""
    one, other = PersonFactory.create_batch(2)
    question = Question.objects.create(code="C1-X", module=uuid4(), use="final")
    correction = KeyCorrection.objects.create(
        version=question.versions.create(number=1, document={}, made_at=at),
        correct=["c"],
        reason="x",
        proposed_by=one,
        proposed_at=at,
        approved_by=other,
        approved_at=at,
        lowering=uuid4(),
        lowering_reason="It harms",
        signed_by=sofia,
        signed_at=at,
    )
    return Attempt.objects.create(
        enrolment=award.enrolment,
        activity=activities["final"],
        number=1,
        titles={},
        pass_mark=80,
        started_at=at,
        submitted_at=at,
        points=3,
        out_of=5,
        passed=False,
        lost_by=correction,
    )


def test_who_may_decide_reads_which_one_and_why(lost, award, ana, sofia, ines, hugo):
    for person in (sofia, ines):
        page = words(browser_of(person).get(LIST))
        assert f"/en/certificates/{award.pk}/change/" in page
        assert WHY in page
        assert ana.legal_name not in page
        assert WHY in words(
            browser_of(person).get(f"/en/certificates/{award.pk}/change/")
        )
    assert "No certificate has lost its pass." in words(browser_of(hugo).get(LIST))
    looks = Event.objects.visible_to(ana).filter(kind=Event.Kind.LOOK)
    assert {look.actor for look in looks} == {sofia, ines}


def test_whoever_checks_it_reads_what_they_read_before(lost, award):
    page = words(browser_of(PersonFactory()).get(f"/v/{award.code}"))
    assert "VALID" in page
    assert "passed no more" not in page


def test_a_pass_that_came_again_needs_no_decision(lost, award):
    assert Certificate.objects.with_pass_lost().get() == award
    Attempt.objects.filter(pk=lost.pk).update(passed=True)
    assert not Certificate.objects.with_pass_lost().exists()
