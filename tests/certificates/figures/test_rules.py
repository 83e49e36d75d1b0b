from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.figures.rules import (
    BY_NAME,
    COMPLETED,
    EXPIRING,
    OPEN,
    TOTAL,
    VALID,
    Band,
    Cube,
    band_from,
    facts_at,
    figures,
    first_band,
    grain_of,
    grains_in,
    is_told,
    months_before,
    roll_up,
    week_of,
    widened,
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
    assert [is_told(fact) for fact in facts_at(TOTAL)] == [True] * 4 + [False] * 3


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


def test_nothing_is_told_of_months_that_are_not_over():
    assert not is_told((("months", "GT", OPEN), COMPLETED))
    assert (("months", "GT", OPEN), COMPLETED) not in figures(
        Cube({("months", "GT", OPEN): (0, 3, 0, 0)})
    )


@pytest.mark.parametrize(
    ("value", "band"), [(0, (0, 9)), (9, (0, 9)), (10, (10, 19)), (47, (40, 49))]
)
def test_a_band_begins_at_a_multiple_of_its_width(value, band):
    assert band_from(value, 10) == Band(*band)


def test_a_change_lies_between_the_furthest_ends():
    assert Band(10, 14).change_from(Band(0, 4)) == Band(6, 14)
    assert Band(10, 14).change_from(Band(10, 14)) == Band(-4, 4)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        ((10, 14), (15, 19), (52, 94)),
        ((20, 24), (60, 64), (31, 40)),
        ((60, 64), (60, 64), (93, 100)),
        ((0, 4), (60, 64), (0, 7)),
        ((10, 14), (20, 24), (41, 70)),
        ((0, 4), (0, 4), None),
    ],
)
def test_a_share_is_told_unless_there_may_be_nobody(part, whole, share):
    told = Band(*part).share_of(Band(*whole))

    assert told == (Band(*share) if share else None)


def test_bands_are_widened_twice_and_then_nothing_is_told():
    once = widened(Band(15, 19), 5)
    twice = widened(once, 5)

    assert (once, twice, widened(twice, 5)) == (Band(10, 19), Band(0, 19), None)


@pytest.mark.parametrize(
    ("inside", "band"),
    [
        (Band(25, 29), Band(20, 29)),
        (Band(20, 39), Band(20, 39)),
        (Band(10, 29), Band(0, 39)),
    ],
)
def test_the_band_of_everybody_holds_the_secretariats(inside, band):
    assert first_band(27, 27, inside, width=10) == band


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


def test_months_are_those_that_are_over():
    assert months_before(date(2027, 1, 31), 3) == ["2026-10", "2026-11", "2026-12"]
