from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.figures.rules import (
    BY_NAME,
    COMPLETED,
    EXPIRING,
    OBLIGED,
    TOTAL,
    VALID,
    Cube,
    facts_at,
    figures,
    grain_of,
    grains_in,
    is_shown,
    months_before,
    roll_up,
    too_small,
    week_of,
)

AT = datetime(2026, 11, 2, 18, tzinfo=UTC)
ON = date(2026, 11, 2)
GT_K = ("courses", "GT", "k")


def test_a_place_is_part_of_its_region_its_country_and_the_whole():
    assert list(roll_up(GT_K)) == [
        GT_K,
        ("courses", "", "k"),
        ("", "GT", ""),
        TOTAL,
    ]


def test_only_the_first_table_adds_up_to_the_totals():
    assert list(roll_up(("professions", "GT", "opi"))) == [
        ("professions", "GT", "opi"),
        ("professions", "", "opi"),
    ]
    assert list(roll_up(("institutions", "GT", "i"))) == [("institutions", "GT", "i")]


def test_measures_are_parts_of_each_other_and_grains_what_lies_between():
    assert [list(grains_in(fact)) for fact in facts_at(TOTAL)] == [
        [0, 1, 2, 3],
        [1, 2, 3],
        [2, 3],
        [3],
        [0],
        [1],
        [2],
    ]
    assert [is_shown(fact) for fact in facts_at(TOTAL)] == [True] * 4 + [False] * 3


def test_a_dated_table_tells_of_the_completed_alone():
    place = ("months", "GT", "2026-10")

    assert facts_at(place) == [(place, COMPLETED)]
    assert BY_NAME["months"].measures == (COMPLETED,)


def test_figures_add_up():
    cube = Cube({GT_K: (4, 3, 2, 1), ("courses", "HN", "k"): (1, 0, 0, 0)})

    found = figures(cube)

    assert [found[TOTAL, measure] for measure in range(4)] == [11, 6, 3, 1]
    assert [found[("", "GT", ""), measure] for measure in range(4)] == [10, 6, 3, 1]
    assert [found[("courses", "", "k"), measure] for measure in range(4)] == [
        11,
        6,
        3,
        1,
    ]


SOME_EVERYWHERE = dict.fromkeys(facts_at(TOTAL), 99)


@pytest.mark.parametrize(
    ("people", "small"), [(0, False), (1, True), (4, True), (5, False)]
)
def test_what_is_about_somebody_and_few_is_too_small(people, small):
    counted = {**SOME_EVERYWHERE, (GT_K, OBLIGED): people}

    assert too_small(counted, 5) == (set(facts_at(GT_K)) if small else set())


def test_noughts_of_few_are_too_small_as_well():
    few_completed = {(GT_K, OBLIGED): 9, (GT_K, COMPLETED): 3, (GT_K, 5): 3}
    few_in_a_month = {(("months", "GT", "2026-10"), COMPLETED): 3}

    assert too_small(SOME_EVERYWHERE | few_completed, 5) == {
        (GT_K, COMPLETED),
        (GT_K, VALID),
        (GT_K, EXPIRING),
        (GT_K, 5),
        (GT_K, 6),
    }
    assert too_small(SOME_EVERYWHERE | few_in_a_month, 5) == set(few_in_a_month)


@pytest.mark.parametrize("wider", [("courses", "", "k"), ("", "GT", ""), ("", "", "")])
@pytest.mark.parametrize(("people", "of_many"), [(5, True), (4, False)])
def test_a_nought_of_a_wider_place_is_told_of_its_many(wider, people, of_many):
    few = {(GT_K, OBLIGED): 3, (GT_K, 4): 3}
    nobody_completed = {(wider, number): 0 for number in (COMPLETED, VALID, 5, 6)}
    around = {(wider, OBLIGED): people, (wider, EXPIRING): 1}

    found = too_small(SOME_EVERYWHERE | nobody_completed | around | few, 5)

    told = {(GT_K, number) for number in (COMPLETED, VALID, 5, 6)}
    expected = set(facts_at(GT_K)) - (told if of_many else set())
    assert {fact for fact in found if fact[0] == GT_K} == expected


@pytest.mark.parametrize(
    ("facts", "grain"),
    [
        ({"completed_at": None}, 0),
        ({"completed_at": AT + timedelta(1)}, 0),
        ({"issued_at": None}, COMPLETED),
        ({"issued_at": AT + timedelta(1)}, COMPLETED),
        ({"ended_at": AT}, COMPLETED),
        ({"ended_at": AT + timedelta(1)}, VALID),
        ({"valid_until": None}, VALID),
        ({"valid_until": ON - timedelta(1)}, COMPLETED),
        ({"valid_until": ON}, EXPIRING),
        ({"valid_until": ON + timedelta(90)}, EXPIRING),
        ({"valid_until": ON + timedelta(91)}, VALID),
    ],
)
def test_an_obligation_is_in_the_grain_of_its_certificate(facts, grain):
    usual = {
        "completed_at": AT - timedelta(9),
        "issued_at": AT - timedelta(9),
        "valid_until": ON + timedelta(300),
        "ended_at": None,
    }

    assert grain_of(**(usual | facts), at=AT, on=ON) == grain


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert [week_of(date(2026, 11, 2)), week_of(date(2027, 1, 1))] == [
        "2026-W45",
        "2026-W53",
    ]


def test_months_end_with_that_of_the_day():
    assert months_before(date(2027, 1, 31), 3) == ["2026-11", "2026-12", "2027-01"]
