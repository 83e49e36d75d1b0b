"""The small form of `drill fuzz-api`: whatever is sent, the description holds."""

import pytest

from certificates.fuzz_drill import asked, silent
from certificates.lines.drawing import draw_all
from tests.factories import AffiliationFactory, EnrolmentFactory, PersonFactory
from tests.lms.tokens.making import making

# Its requests end as real ones do, which closes connections.
pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def test_api_keeps_to_its_description(ines, judiciary, award, at):
    for _one in range(3):
        person = PersonFactory()
        AffiliationFactory(person=person, institution=judiciary, confirmed=True)
        EnrolmentFactory(learner=person, edition=award.enrolment.edition)
    draw_all(at=at)
    secret = making(at)(ines.mandates.get(), days=300)[1]

    told = asked(secret, rounds=ROUNDS)

    assert told.wrong == []
    assert silent(told.statuses) == []
    assert sum(told.statuses.values()) > 5 * ROUNDS
