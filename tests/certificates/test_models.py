"""What the table of certificates promises."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates.models import Certificate
from certificates.rules import Standing

STATES = ["valid", "expired", "revoked", "superseded"]


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
        ({"sha256": "00"}, "rendered_certificates_have_a_file_and_its_hash"),
        ({"pdf": "a.pdf"}, "rendered_certificates_have_a_file_and_its_hash"),
    ],
)
def test_a_certificate_is_whole(award, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(**fields)


def test_a_certificate_does_not_supersede_itself(award):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=award.pk).update(supersedes=award)


def test_a_certificate_is_shown_without_its_code_or_name(award):
    assert str(award) == str(award.pk)


def test_visible_to_is_the_holder_alone(award, ana, bruno):
    assert list(Certificate.objects.visible_to(ana)) == [award]
    assert list(Certificate.objects.visible_to(bruno)) == []
