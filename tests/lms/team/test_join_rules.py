"""Who may come into a cohort by an invitation or a code, and until when."""

import secrets
from datetime import timedelta

import pytest

from lms.team import rules
from lms.team.rules import Waiting
from tests.factories import NOON

OPEN = {"archived": False, "over": False}


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({}, []),
        ({"to_train": True, "trains_there": True}, []),
        ({"trains_there": True}, []),
        ({"to_train": True}, ["mandate-missing"]),
        ({"archived": True}, ["cohort-archived"]),
        ({"over": True}, ["cohort-over"]),
        (
            {"archived": True, "over": True, "to_train": True},
            ["cohort-archived", "cohort-over", "mandate-missing"],
        ),
    ],
)
def test_invitations_are_refused_with_every_reason(facts, refused):
    facts = OPEN | {"to_train": False, "trains_there": False} | facts

    assert rules.redeeming_refusals(**facts) == refused


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"places": 1, "hours": 1}, []),
        ({"places": 600, "hours": 8}, []),
        ({"places": 0, "hours": 2}, ["code-places"]),
        ({"places": 601, "hours": 2}, ["code-places"]),
        ({"places": 40, "hours": 3}, ["code-hours"]),
        ({"places": 40, "hours": 0}, ["code-hours"]),
        ({"places": 40, "hours": 4, "archived": True}, ["cohort-archived"]),
    ],
)
def test_codes_have_their_bounds(facts, refused):
    assert rules.code_refusals(**OPEN | facts) == refused


@pytest.mark.parametrize(
    ("declined", "left", "state"),
    [
        (False, timedelta(seconds=1), Waiting.OPEN),
        (False, timedelta(0), Waiting.RUN_OUT),
        (True, timedelta(days=1), Waiting.DECLINED),
        (True, -timedelta(days=1), Waiting.DECLINED),
    ],
)
def test_invitation_waits_until_its_last_moment(declined, left, state):
    found = rules.waiting(declined=declined, until_at=NOON + left, at=NOON)

    assert found is state


def test_codes_have_forty_bits_and_are_read_as_typed():
    code = rules.new_code(secrets.choice)

    assert len(code) * 5 == 40
    assert rules.code_read(f" {code[:4].lower()}-{code[4:]} ") == code
    assert rules.code_read(code[:-1]) is None
