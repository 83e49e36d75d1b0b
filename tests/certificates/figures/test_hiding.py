from random import Random

import pytest

from certificates.figures.counting import Counted, Tally, every_column
from certificates.figures.freezing import Figures, frozen
from certificates.figures.hiding import loosened
from certificates.figures.rules import (
    COMPLETED,
    OBLIGED,
    TOTAL,
    Band,
    band_from,
    figures,
    first_band,
)
from certificates.suppression_attacker import Attacker, Told, groups_of
from certificates.suppression_drill import BEGAN, Region, suppression

MONTH = (("months", "GT", "2026-09"), COMPLETED)


def region(**of_country: list[tuple[str, str, str, str, int, int]]) -> Tally:
    """Count obligations: (course, profession, institution, month, grain, how many)."""
    shared = {
        "courses": ["k1", "k2"],
        "professions": ["judge", "opi"],
        "months": ["2026-09", "2026-10"],
    }
    institutions = {country: [f"{country}-1"] for country in of_country}
    counted = Tally(every_column(of_country, shared, institutions), few=10)
    person = 0
    for country, groups in of_country.items():
        for *columns, month, grain, number in groups:
            for _ in range(number):
                person += 1
                course, profession, institution = columns
                counted.add(
                    Counted(
                        person,
                        country,
                        (course, profession, institution, month),
                        grain,
                    )
                )
    return counted


def everywhere(number=40):
    return [
        (course, profession, institution, month, grain, number)
        for course, profession, institution, month in [
            ("k1", "judge", "unknown", "2026-09"),
            ("k1", "opi", "unknown", "2026-10"),
            ("k2", "judge", "unknown", "2026-09"),
            ("k2", "opi", "unknown", "2026-10"),
        ]
        for grain in range(4)
    ]


def nine_in_each_of(*courses):
    return [(course, "judge", "unknown", "2026-09", 0, 9) for course in courses]


def alone(cube, *, width):
    """Return the band of every figure, as if no other were told."""
    return {fact: band_from(value, width) for fact, value in figures(cube).items()}


def told(cube, *, width, **kept):
    return loosened(alone(cube, width=width), cube, width=width, **kept)


def attack(cube, bands, *, width):
    """Let the attacker read a release with these bands."""
    week = Told("2026-W45", cube, {fact: band for fact, band in bands.items() if band})
    return Attacker([week], width).narrowed(week, groups_of(cube))


@pytest.mark.parametrize("width", [5, 10])
def test_hardly_a_band_is_widened_of_many_and_no_total(width):
    cube = region(GT=everywhere(43), HN=everywhere(42), SV=everywhere(9)).cube()

    bands = told(cube, width=width)

    wider = {fact for fact, band in bands.items() if band is None or band.size > width}
    assert len(wider) < len(bands) / 20
    assert not {(TOTAL, measure) for measure in range(4)} & wider


def test_bands_that_hold_each_other_are_widened():
    """Nine in each of five countries: in one of two would be four at least."""
    countries = {name: nine_in_each_of("k1") for name in ("GT", "HN", "SV", "NI", "CR")}
    cube = region(**countries).cube()

    bands = told(cube, width=10)

    assert figures(cube)[TOTAL, OBLIGED] == 45
    assert attack(cube, alone(cube, width=10), width=10).few()
    assert bands != alone(cube, width=10)
    assert attack(cube, bands, width=10).few() == 0


def test_a_wider_band_holds_the_figure():
    cube = region(GT=everywhere(7), HN=nine_in_each_of("k1", "k2")).cube()

    bands = told(cube, width=10)

    values = figures(cube)
    assert all(band is None or values[fact] in band for fact, band in bands.items())
    assert {band.size for band in bands.values() if band} <= {10, 20, 40}


def test_one_country_of_one_course_is_told():
    cube = region(GT=[("k1", "judge", "unknown", "2026-09", 2, 33)]).cube()

    bands = told(cube, width=5)

    assert bands[TOTAL, OBLIGED] == Band(30, 34)
    assert attack(cube, bands, width=5).few() == 0


def test_many_obligations_of_few_people_are_told_from_nought():
    counted = region(GT=everywhere(), HN=everywhere())
    for _ in range(30):
        counted.add(Counted(99999, "HN", ("k1", "judge", "HN-1", "2026-09"), 0))

    inner, _ = frozen(counted.cube(), counted.people(), check=False)

    place = ("institutions", "HN", "HN-1")
    assert Figures(inner, 5).at(place)[OBLIGED] is None
    assert first_band(12, 4, Band(12, 12), width=5) == Band(0, 19)
    assert first_band(12, 5, Band(12, 12), width=5) == Band(10, 14)


@pytest.mark.parametrize("edge", [0, 30, None])
def test_what_was_told_of_a_month_stands_whatever_it_is_now(edge):
    cube = region(GT=everywhere(20), HN=everywhere(20)).cube()
    was = None if edge is None else band_from(edge, 10)

    bands = told(cube, width=10, kept={MONTH: was})

    assert bands[MONTH] == was


def test_a_month_is_kept_as_it_was_told_to_each():
    counted = region(GT=everywhere(20), HN=everywhere(20))

    inner, public = frozen(
        counted.cube(),
        counted.people(),
        kept={MONTH: Band(55, 64)},
        kept_public={MONTH: None},
    )

    place = ("months", "GT", "2026-09")
    assert Figures(inner, 5).at(place) == [Band(55, 64)]
    assert Figures(public, 10).at(place) == [None]


def test_what_is_kept_of_a_place_that_is_gone_is_left_out():
    counted = region(GT=everywhere(20))

    inner, _ = frozen(
        counted.cube(),
        counted.people(),
        kept={(("months", "XX", "m"), COMPLETED): None},
    )

    assert "XX" not in inner["months"]


def test_everybody_is_told_nothing_that_the_secretariat_is_not():
    counted = Region(Random(3)).counted(on=BEGAN)

    inner, public = frozen(counted.cube(), counted.people())

    seen = 0
    for place in {place for place, _ in figures(counted.cube())}:
        pairs = zip(
            Figures(inner, 5).at(place), Figures(public, 10).at(place), strict=True
        )
        for band, wider in pairs:
            seen += wider is not None
            assert wider is None or (band.least in wider and band.most in wider)
    assert seen > 50


@pytest.mark.parametrize("width", [5, 10])
def test_every_group_may_be_none_or_many_and_is_half_a_band_wide(width):
    cube = Region(Random(11)).counted(on=BEGAN).cube()

    ranges = attack(cube, told(cube, width=width), width=width)

    assert len(ranges.groups) > 500
    alone = [n for n, (_, other) in enumerate(ranges.groups) if other is None]
    assert [n for n in alone if not ranges.is_wide(n)] == []
    assert ranges.few() == 0


def test_the_attacker_breaks_nothing():
    findings = suppression(1, weeks=2, together=2)

    assert findings[0].found > 500
    assert [finding.what for finding in findings if not finding.holds] == []


def test_the_attacker_breaks_bands_that_stand_alone():
    findings = suppression(1, weeks=1, together=1, check=False)

    assert [f.what for f in findings if not f.holds and f.what.startswith("groups")]


def test_the_attacker_finds_what_came_in_a_week():
    cube = region(GT=everywhere(20)).cube()
    before, now, hidden = (
        Attacker([week], 10).narrowed(week, [((TOTAL, OBLIGED), None)])
        for week in (
            Told("2026-W45", cube, {(TOTAL, OBLIGED): Band(320, 320)}),
            Told("2026-W46", cube, {(TOTAL, OBLIGED): Band(323, 323)}),
            Told("2026-W46", cube, {}),
        )
    )

    assert (before.least[0], before.most[0]) == (320, 320)
    assert before.changed_by_few(now) == 1
    assert now.changed_by_few(before) == 1
    assert before.changed_by_few(hidden) == 0
