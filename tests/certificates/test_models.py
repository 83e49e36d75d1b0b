"""What the table of certificates promises."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates.models import Certificate
from certificates.rules import Standing
from tests.factories import NOON

TWO = "two_people_revoke_a_certificate_for_a_class_of_reason"
STATES = ["valid", "expired", "revoked", "suspended", "superseded"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("days", [-1, 0, 1, 4000])
def test_standing_says_the_same_of_one_row_and_in_sql(put, at, state, days):
    award = put(state)
    day = at.date() + timedelta(days=days)

    said = Certificate.objects.with_successor().get(pk=award.pk).standing(day)
    found = Certificate.objects.filter(pk=award.pk).standing(day).exists()

    assert found is (said is Standing.VALID)


@pytest.mark.parametrize("until", [None, date(2026, 11, 24), date(2026, 11, 25)])
def test_standing_counts_the_last_day(award, until):
    day = date(2026, 11, 24)
    award.valid_until = until
    award.save()

    found = Certificate.objects.standing(day).with_successor()

    assert [row.standing(day) for row in found] == ["valid"]


@pytest.mark.parametrize("state", STATES)
def test_standing_knows_each_state(put, at, state):
    award = put(state)

    row = Certificate.objects.with_successor().get(pk=award.pk)

    assert row.standing(at.date()) == state


def test_standing_with_successor_asks_no_query(put, at, django_assert_num_queries):
    award = Certificate.objects.with_successor().get(pk=put("superseded").pk)

    with django_assert_num_queries(0):
        award.standing(at.date())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"revoked_reason": "because"}, "revoked_certificates_say_why"),
        ({"revoked_for": "error"}, TWO),
        ({"revoked_at": NOON, "revoked_reason": "x"}, TWO),
        ({"revoked_at": NOON, "revoked_reason": "x", "revoked_for": "error"}, TWO),
        ({"lifted_at": NOON}, "suspensions_are_lifted_after_they_began"),
        (
            {"suspended_at": NOON, "lifted_at": NOON - timedelta(1)},
            "suspensions_are_lifted_after_they_began",
        ),
        ({"sha256": "00"}, "rendered_certificates_have_a_file_and_its_hash"),
        ({"pdf": "a.pdf"}, "rendered_certificates_have_a_file_and_its_hash"),
    ],
)
def test_a_certificate_is_whole(award, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(**fields)


def test_one_person_revokes_nothing(award, ines, at):
    alone = dict.fromkeys(("revoked_by", "revoked_second"), ines)
    revoked = {"revoked_at": at, "revoked_reason": "x", "revoked_for": "error"}

    with pytest.raises(IntegrityError, match=TWO), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(**revoked, **alone)


def test_what_is_revoked_stays_so_whatever_is_written(put):
    award = put("revoked")
    valid = {
        "revoked_at": None,
        "revoked_reason": "",
        "revoked_for": "",
        "revoked_by": None,
        "revoked_second": None,
    }

    name = "revoked_certificates_stay_revoked"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(**valid)

    award.holder_name = "Otra"
    award.save()


def test_a_suspension_is_written_back(put):
    award = put("suspended")

    Certificate.objects.filter(pk=award.pk).update(suspended_at=None)

    assert Certificate.objects.suspended().count() == 0


def test_a_certificate_does_not_supersede_itself(award):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(supersedes=award)


def test_a_certificate_is_shown_without_its_code_or_name(award):
    assert str(award) == str(award.pk)


def test_visible_to_is_the_holder_alone(award, ana, bruno):
    assert list(Certificate.objects.visible_to(ana)) == [award]
    assert list(Certificate.objects.visible_to(bruno)) == []
