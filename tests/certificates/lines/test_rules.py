"""How a course stands, what a certificate was worth, which post counts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.lines.rules import Post, State, post_on, standing_on, state_of
from certificates.rules import Standing

AT = datetime(2026, 11, 2, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2026, 11, 2)
ONE = timedelta(days=1)
STATES = [
    # enrolled, completed, withdrawn, due, state
    (None, None, None, None, State.NOT_BEGUN),
    (None, None, None, AT + HOUR, State.NOT_BEGUN),
    (None, None, None, AT, State.LATE),
    (AT, None, None, None, State.IN_PROGRESS),
    (AT, None, None, AT + HOUR, State.IN_PROGRESS),
    (AT, None, None, AT - HOUR, State.LATE),
    (AT, AT, None, AT - HOUR, State.COMPLETED),
    (AT, None, AT, AT - HOUR, State.WITHDRAWN),
]
STANDINGS = [
    # issued, valid until, revoked, superseded, standing
    (None, None, None, None, None),
    (DAY + ONE, None, None, None, None),
    (DAY, None, None, None, Standing.VALID),
    (DAY, DAY, None, None, Standing.VALID),
    (DAY - ONE, DAY - ONE, None, None, Standing.EXPIRED),
    (DAY, None, DAY, None, Standing.REVOKED),
    (DAY, None, DAY + ONE, None, Standing.VALID),
    (DAY, None, None, DAY, Standing.SUPERSEDED),
    (DAY, None, None, DAY + ONE, Standing.VALID),
    (DAY - ONE, DAY - ONE, DAY, DAY, Standing.REVOKED),
]


SUSPENSIONS = [
    # suspended, lifted, revoked, standing
    (DAY, None, None, Standing.SUSPENDED),
    (DAY - ONE, None, None, Standing.SUSPENDED),
    (DAY + ONE, None, None, Standing.VALID),
    (DAY - ONE, DAY, None, Standing.VALID),
    (DAY - ONE, DAY + ONE, None, Standing.SUSPENDED),
    (DAY - ONE, None, DAY, Standing.REVOKED),
]


@pytest.mark.parametrize(("enrolled", "completed", "withdrawn", "due", "is_"), STATES)
def test_state_is_the_one_of_the_moment(enrolled, completed, withdrawn, due, is_):
    state = state_of(
        enrolled_at=enrolled,
        completed_at=completed,
        withdrawn_at=withdrawn,
        due_at=due,
        at=AT,
    )

    assert state is is_


@pytest.mark.parametrize(("suspended", "lifted", "revoked", "is_"), SUSPENSIONS)
def test_a_suspension_counts_from_its_day_until_it_is_lifted(
    suspended, lifted, revoked, is_
):
    standing = standing_on(
        issued_on=DAY - ONE,
        valid_until=None,
        revoked_on=revoked,
        suspended_on=suspended,
        lifted_on=lifted,
        superseded_on=None,
        on=DAY,
    )

    assert standing is is_


@pytest.mark.parametrize(("issued", "until", "revoked", "replaced", "is_"), STANDINGS)
def test_standing_is_the_one_of_the_day(issued, until, revoked, replaced, is_):
    standing = standing_on(
        issued_on=issued,
        valid_until=until,
        revoked_on=revoked,
        suspended_on=None,
        lifted_on=None,
        superseded_on=replaced,
        on=DAY,
    )

    assert standing is is_


def post(institution, from_on, until_on=None, *, confirmed=True):
    return Post(institution, "GT", from_on, until_on, confirmed)


def test_post_of_a_day_is_the_one_held_on_it():
    posts = [post(1, DAY - 10 * ONE, DAY - ONE), post(2, DAY)]

    assert post_on(posts, DAY - ONE).institution == 1
    assert post_on(posts, DAY).institution == 2
    assert post_on(posts, DAY - 11 * ONE) is None


def test_on_the_day_of_a_change_the_new_institution_counts():
    posts = [post(1, DAY - 10 * ONE, DAY), post(2, DAY)]

    assert post_on(posts, DAY).institution == 2


def test_who_changes_on_the_first_day_belongs_to_the_new_institution():
    posts = [post(1, DAY, DAY), post(2, DAY)]

    assert post_on(posts, DAY).institution == 2


def test_a_confirmed_post_comes_before_one_that_is_only_said():
    posts = [post(1, DAY - ONE), post(2, DAY, confirmed=False)]

    assert post_on(posts, DAY).institution == 1
