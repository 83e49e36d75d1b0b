"""Whether a mandate showed its holder something at a moment that is past."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.models import Mandate
from tests.factories import NOON

TICK = timedelta(microseconds=1)
THERE = ZoneInfo("America/Guatemala")
FROM, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
FIRST = datetime(2026, 11, 1, tzinfo=THERE)
OVER = datetime(2026, 12, 1, tzinfo=THERE)  # in UTC, December began six hours before


@pytest.mark.parametrize(
    ("at", "facts", "stood"),
    [
        (NOON, {}, True),
        (FIRST, {}, True),
        (FIRST - TICK, {}, False),
        (OVER - TICK, {}, True),
        (OVER, {}, False),
        (NOON, {"accepted_at": NOON}, True),
        (NOON, {"accepted_at": NOON + TICK}, False),
        (NOON, {"accepted_at": None}, False),
        (NOON, {"ended_at": NOON + TICK}, True),
        (NOON, {"ended_at": NOON}, False),
    ],
)
def test_mandate_stood_between_its_days_and_its_moments(at, facts, stood):
    accepted = {"accepted_at": FIRST - TICK, "from_on": FROM, "until_on": UNTIL}

    mandate = Mandate(**accepted | facts)

    assert mandate.stood(at) is stood
