from datetime import timedelta

import pytest

from lms.approvals.rules import (
    GRANTED_LATELY,
    Grant,
    Party,
    State,
    not_another,
    refusals,
    state_of,
    waits_until,
)
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


ASKER, DECIDER, THIRD = 1, 2, 3
LONG_AGO = NOON - GRANTED_LATELY
LATELY = LONG_AGO + timedelta(seconds=1)


def party(account, *grants, name="", mailbox="", domain=""):
    """A person whose mandates were granted by those accounts, then, by one or two."""
    name = name or f"name {account}"
    return Party(
        account=account,
        name=name,
        mailboxes=frozenset([mailbox or f"{account}@example.org"]),
        domains=frozenset([domain or "example.org"]),
        grants=tuple(Grant(*grant) for grant in grants),
    )


@pytest.mark.parametrize(
    ("asker", "decider", "reasons"),
    [
        # The decider's mandate is of the asker: never, however old, whoever vouched.
        ([], [(ASKER, LONG_AGO, False)], ["own-grant"]),
        ([], [(ASKER, LONG_AGO, True)], ["own-grant"]),
        ([], [(THIRD, LONG_AGO, False), (ASKER, LONG_AGO, False)], ["own-grant"]),
        # The asker's is of the decider: the normal chain, unless it was made for it.
        ([(DECIDER, LONG_AGO, False)], [], []),
        ([(DECIDER, LATELY, False)], [], ["own-grant"]),
        ([(DECIDER, NOON, False)], [], ["own-grant"]),
        ([(DECIDER, LATELY, True)], [], []),
        # Both are of one other person.
        ([(THIRD, LONG_AGO, False)], [(THIRD, LONG_AGO, False)], []),
        ([(THIRD, LATELY, False)], [(THIRD, LONG_AGO, False)], ["own-grant"]),
        ([(THIRD, LONG_AGO, False)], [(THIRD, LATELY, False)], ["own-grant"]),
        ([(THIRD, LATELY, True)], [(THIRD, LATELY, False)], []),
        ([(THIRD, LATELY, False)], [(THIRD, LATELY, True)], []),
        # Each is of somebody else.
        ([(THIRD, LATELY, False)], [(4, LATELY, False)], []),
        ([], [], []),
    ],
)
def test_who_was_given_power_by_the_other_is_not_another(asker, decider, reasons):
    pair = party(ASKER, *asker), party(DECIDER, *decider)

    assert not_another(*pair, asked_at=NOON) == reasons


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"mailbox": "1@example.org"}, ["same-person"]),
        ({"name": "name 1"}, ["same-person"]),
        ({"name": "name 1", "domain": "elsewhere.org"}, []),
        ({"name": "name 2", "domain": "example.org"}, []),
    ],
)
def test_who_shares_a_mailbox_or_name_and_domain_is_not_another(facts, reasons):
    assert not_another(party(ASKER), party(DECIDER, **facts), asked_at=NOON) == reasons


def test_two_without_a_name_are_not_one_for_that():
    pair = [
        Party(account=n, name="", mailboxes=frozenset(), domains=frozenset({"x"}))
        for n in (ASKER, DECIDER)
    ]

    assert not_another(*pair, asked_at=NOON) == []
