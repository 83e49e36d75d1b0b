"""When a report is made at once, who must agree, which part of a file is asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from certificates.takeaway import rules
from certificates.takeaway.rules import Every, State

NOON = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)  # a Monday
GUATEMALA = ZoneInfo("America/Guatemala")


@pytest.mark.parametrize(
    ("rows", "people", "format_may", "at_once"),
    [
        (5_000, 2_000, True, True),
        (5_001, 2_000, True, False),
        (5_000, 2_001, True, False),
        (1, 1, False, False),
    ],
)
def test_small_files_are_made_at_once(rows, people, format_may, at_once):
    assert (
        rules.is_made_at_once(
            rows=rows, people=people, limit=2_000, format_may=format_may
        )
        is at_once
    )


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"holds_mandate": False}, ["no-mandate"]),
        ({"most_rows": 9}, ["too-long"]),
        ({"most_rows": 10}, []),
        ({"large": True}, ["reason-missing"]),
        ({"large": True, "says_why": True}, []),
    ],
)
def test_what_cannot_be_asked_for(facts, reasons):
    usual = {
        "holds_mandate": True,
        "rows": 10,
        "most_rows": None,
        "large": False,
        "says_why": False,
    }

    assert rules.asking_refusals(**usual | facts) == reasons


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"people": 2_001}, ["grown"]),
        ({"people": 3_300, "agreed": 3_000}, []),
        ({"people": 3_301, "agreed": 3_000}, ["grown"]),
        ({"rows": 501, "most_rows": 500}, ["too-long"]),
    ],
)
def test_what_is_not_made(facts, reasons):
    usual = {"rows": 1, "most_rows": None, "people": 1, "agreed": None, "limit": 2_000}

    assert rules.may_be_made(**usual | facts) == reasons


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, State.MAKING),
        ({"needs_second": True}, State.WAITING),
        ({"needs_second": True, "approved": True}, State.MAKING),
        ({"needs_second": True, "turned_down": True}, State.REFUSED),
        ({"ready": True, "until_at": NOON + timedelta(hours=1)}, State.READY),
        ({"ready": True, "until_at": NOON}, State.OVER),
        ({"failed": True}, State.FAILED),
    ],
)
def test_what_became_of_a_file(facts, state):
    usual = {
        "needs_second": False,
        "approved": False,
        "turned_down": False,
        "ready": False,
        "failed": False,
        "until_at": None,
        "at": NOON,
    }

    assert rules.state_of(**usual | facts) is state


@pytest.mark.parametrize(
    ("every", "day", "after", "on"),
    [
        (Every.WEEK, 0, (2, 5), (11, 2)),  # that morning
        (Every.WEEK, 0, (2, 6), (11, 9)),
        (Every.WEEK, 4, (2, 12), (11, 6)),
        (Every.MONTH, 2, (2, 5), (11, 2)),
        (Every.MONTH, 2, (2, 12), (12, 2)),
        (Every.MONTH, 28, (2, 12), (11, 28)),
    ],
)
def test_a_schedule_runs_on_the_morning_of_its_day(every, day, after, on):
    moment = datetime(2026, 11, *after, tzinfo=GUATEMALA)

    found = rules.next_run(every, day, after=moment, zone=GUATEMALA)

    assert found == datetime(2026, *on, 6, tzinfo=GUATEMALA)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-9", (0, 9)),
        ("bytes = 90-200", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=99-99", (99, 99)),
        ("", None),
        ("lines=0-9", None),
        ("bytes=5", None),
        ("bytes=-", None),
        ("bytes=9-3", None),
        ("bytes=0-1,4-5", None),
        ("bytes=a-b", None),
        ("bytes=٣-", None),
        ("bytes=" + "9" * 50 + "-", None),
    ],
)
def test_which_part_is_asked_for(header, part):
    assert rules.part_asked(header, size=100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(header):
    with pytest.raises(ValueError, match="ends before"):
        rules.part_asked(header, size=100)
