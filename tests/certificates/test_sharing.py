"""The link that shows a name: signed, for one certificate, for thirty days."""

from datetime import timedelta
from uuid import uuid4

import pytest

from certificates.models import Certificate
from certificates.sharing import shows_name_until, token_for


@pytest.fixture
def award():
    return Certificate(pk=uuid4())


def test_a_token_works_for_thirty_days_and_not_longer(award, at):
    token = token_for(award, at=at)
    last = at + timedelta(days=30)

    assert shows_name_until(token, award, at=at) == last
    assert shows_name_until(token, award, at=last) == last
    assert shows_name_until(token, award, at=last + timedelta(seconds=1)) is None


def test_a_token_is_for_one_certificate(award, at):
    token = token_for(Certificate(pk=uuid4()), at=at)

    assert shows_name_until(token, award, at=at) is None


@pytest.mark.parametrize("forged", ["", ":", "9999999999", "9999999999:abc", "\x00:é"])
def test_a_forged_token_shows_nothing(award, at, forged):
    assert shows_name_until(forged, award, at=at) is None


def test_a_token_with_a_later_end_is_forged(award, at):
    _end, signature = token_for(award, at=at).split(":")

    assert shows_name_until(f"9999999999:{signature}", award, at=at) is None
