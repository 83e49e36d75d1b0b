from datetime import timedelta

import pytest

from lms.approvals.rules import State, refusals, state_of, waits_until
from tests.factories import NOON

WHOLE = NOON + timedelta(days=14)


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, []),
        ({"by": 1}, ["own-request"]),
        ({"decided": True}, ["already-decided"]),
        ({"decided": True, "expired": True}, ["already-decided"]),
        ({"expired": True}, ["too-late"]),
        ({"says_why": False}, ["reason-missing"]),
        ({"by": 1, "expired": True}, ["own-request", "too-late"]),
    ],
)
def test_refusals_name_every_reason(changed, reasons):
    asked = {"by": 2, "decided": False, "expired": False, "says_why": True}

    assert refusals(asked_by=1, **asked | changed) == reasons


def test_a_second_person_has_two_weeks():
    assert waits_until(NOON) == WHOLE


@pytest.mark.parametrize(
    ("approved", "until_at", "at", "state"),
    [
        (None, WHOLE, WHOLE - timedelta(seconds=1), State.WAITING),
        (None, WHOLE, WHOLE, State.EXPIRED),
        (None, NOON + timedelta(days=1), WHOLE, State.WITHDRAWN),
        (True, WHOLE, WHOLE, State.APPROVED),
        (False, WHOLE, NOON, State.REFUSED),
    ],
)
def test_state_is_what_became_of_it(approved, until_at, at, state):
    asked = {"approved": approved, "asked_at": NOON, "until_at": until_at}

    assert state_of(**asked, at=at) is state
