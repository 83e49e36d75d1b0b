"""What a token is, how long it may live, and why one is not made."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

import pytest

from lms.tokens import rules

ON = date(2026, 11, 2)


def test_new_token_has_160_random_bits_after_what_may_be_shown():
    token = rules.new_token(Random(7).choice)

    mark, prefix, secret = token.split("_")
    assert (mark, len(prefix), len(secret)) == ("campus", 8, 32)
    assert rules.prefix_of(token) == prefix
    assert rules.new_token(Random(8).choice) != token


def test_digest_is_sha_256_whatever_was_shown():
    assert rules.digest_of("campus_A_B") == sha256(b"campus_A_B").hexdigest()
    assert len(rules.digest_of("\udcff")) == 64


@pytest.mark.parametrize(
    ("mandate_until", "last", "usual"),
    [
        (date(2030, 1, 1), ON + timedelta(days=365), ON + timedelta(days=90)),
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_days_end_with_the_mandate_and_within_a_year(mandate_until, last, usual):
    assert rules.last_day(on=ON, mandate_until=mandate_until) == last
    assert rules.usual_day(on=ON, mandate_until=mandate_until) == usual


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"until_on": ON}, []),
        ({"until_on": ON + timedelta(days=365)}, []),
        ({"until_on": ON + timedelta(days=366)}, ["day-is-too-late"]),
        ({"mandate_until": ON + timedelta(days=9)}, ["day-is-too-late"]),
        ({"until_on": ON - timedelta(days=1)}, ["day-is-past"]),
        ({"others": 9}, []),
        ({"others": 10, "stands": False}, ["mandate-is-over", "too-many-tokens"]),
    ],
)
def test_refusals_name_each_reason(facts, reasons):
    usual = {
        "stands": True,
        "until_on": ON + timedelta(days=10),
        "on": ON,
        "mandate_until": date(2030, 1, 1),
        "others": 0,
    }

    assert rules.refusals(**usual | facts) == reasons
