"""What is asked can be put into an address and says whether it narrows."""

from datetime import date
from uuid import UUID

import pytest

from certificates.reports.filters import Asked, Period

KEY = UUID("12345678-1234-5678-1234-567812345678")
EVERYTHING = Asked(
    country="GT",
    institution=7,
    track="judge",
    cohort=KEY,
    course="C1",
    edition=3,
    state="late",
    standing="valid",
    valid_on=date(2026, 1, 2),
    dated="due",
    from_on=date(2026, 1, 1),
    until_on=date(2026, 6, 30),
    other_from=date(2025, 1, 1),
    other_until=date(2025, 6, 30),
    group="track",
    then="course",
    sort="last",
)


def test_an_address_says_all_that_is_asked():
    assert EVERYTHING.as_query() == {
        "country": "GT",
        "institution": "7",
        "track": "judge",
        "cohort": str(KEY),
        "course": "C1",
        "edition": "3",
        "state": "late",
        "standing": "valid",
        "valid_on": "2026-01-02",
        "dated": "due",
        "from_on": "2026-01-01",
        "until_on": "2026-06-30",
        "other_from": "2025-01-01",
        "other_until": "2025-06-30",
        "group": "track",
        "then": "course",
        "sort": "last",
    }


def test_what_is_usual_is_left_out_of_an_address():
    assert Asked().as_query() == {}
    assert Asked(sort="name", dated="enrolled", state="late").as_query() == {
        "state": "late"
    }


def test_empty_answers_of_a_form_do_not_narrow():
    given = {"country": "", "institution": None, "state": "late", "page": "2"}

    assert Asked.from_clean(given) == Asked(state="late")


@pytest.mark.parametrize(
    ("asked", "narrows"),
    [
        (Asked(), False),
        (Asked(group="track", then="course", sort="due", dated="due"), False),
        (Asked(valid_on=date(2026, 1, 2)), False),
        (Asked(country="GT"), True),
        (Asked(from_on=date(2026, 1, 2)), True),
    ],
)
def test_asked_says_whether_it_narrows(asked, narrows):
    assert asked.is_narrowed is narrows


@pytest.mark.parametrize(
    ("period", "is_one"),
    [
        (Period(), False),
        (Period(from_on=date(2026, 1, 1)), True),
        (Period(until_on=date(2026, 1, 1)), True),
    ],
)
def test_a_period_has_an_end_at_least(period, is_one):
    assert bool(period) is is_one


def test_periods_of_what_is_asked_are_the_first_and_the_other():
    assert EVERYTHING.period == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert EVERYTHING.other == Period(date(2025, 1, 1), date(2025, 6, 30))
