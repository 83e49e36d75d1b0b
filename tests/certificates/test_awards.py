"""What learning screens show of certificates."""

import pytest

from certificates.actions import issue
from certificates.awards import links
from courses.awards import award_links
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.mark.parametrize(
    "state", ["valid", "expired", "revoked", "suspended", "superseded"]
)
def test_links_say_how_each_certificate_stands(put, state):
    award = put(state)

    (link,) = links([award.enrolment_id], "en").values()

    assert link["url"] == f"/en/certificates/{award.pk}/"
    assert link["label"].lower().startswith(state)


def test_links_are_known_to_the_floor_below(award, enrolment):
    assert award_links([enrolment.pk], "es") == links([enrolment.pk], "es")


def test_links_leave_out_what_earned_nothing(enrolment):
    assert links([enrolment.pk], "es") == {}


def test_links_ask_once_for_any_number(award, edition, at, django_assert_num_queries):
    others = EnrolmentFactory.create_batch(3, edition=edition, completed_at=at)
    for other in others:
        issue(other, at=at)
    keys = [award.enrolment_id, *(other.pk for other in others)]

    with django_assert_num_queries(1):
        found = links(keys, "es")

    assert set(found) == set(keys)
