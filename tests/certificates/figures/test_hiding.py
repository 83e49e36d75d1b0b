from random import Random

import pytest

from certificates.figures.counting import Counted, Tally, every_column
from certificates.figures.freezing import frozen
from certificates.figures.hiding import hide
from certificates.figures.rules import (
    OBLIGED,
    TOTAL,
    facts_at,
    figures,
    is_shown,
    too_small,
)
from certificates.suppression_drill import Attacker, population, suppression

MEASURES = range(4)


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


def large(course="k1", profession="judge", number=40):
    return [
        (course, profession, "unknown", "2026-09", grain, number) for grain in range(4)
    ]


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


def test_nothing_is_hidden_where_all_are_many():
    counted = region(GT=everywhere(), HN=everywhere())

    small = too_small(counted.people(), 5)

    assert hide(counted.cube(), small, threshold=5) == set()


def test_a_small_figure_takes_a_rectangle_with_it():
    counted = region(
        GT=[*everywhere(), ("k2", "judge", "unknown", "2026-09", 0, 40)],
        HN=[*everywhere(), *everywhere()],
        SV=[
            ("k1", "judge", "unknown", "2026-09", 0, 40),
            ("k2", "judge", "unknown", "2026-09", 0, 3),
        ],
    )
    small = too_small(counted.people(), 5)

    hidden = hide(counted.cube(), small, threshold=5)

    first = ("courses", "SV", "k2")
    # That nobody completed it is no secret: nobody of their country did.
    assert {f for f in small if is_shown(f)} == {(first, OBLIGED)}
    assert hidden == {
        (first, OBLIGED),
        (("courses", "SV", "k1"), OBLIGED),
        (("courses", "GT", "k1"), OBLIGED),
        (("courses", "GT", "k2"), OBLIGED),
    }


def test_few_who_did_not_complete_hide_a_measure_beside_them():
    counted = region(
        GT=[*everywhere(), ("k1", "judge", "GT-1", "2026-09", 0, 2),
            ("k1", "judge", "GT-1", "2026-09", 2, 40)],
        HN=everywhere(),
    )  # fmt: skip
    place = ("institutions", "GT", "GT-1")
    small = too_small(counted.people(), 5)

    hidden = hide(counted.cube(), small, threshold=5)

    assert not {f for f in small if is_shown(f)}
    assert {place for place, _ in hidden} == {place, ("institutions", "GT", "unknown")}
    assert not Attacker(counted.cube(), hidden).narrowed(small, threshold=5)


def test_that_none_of_three_completed_is_told_nowhere():
    counted = region(
        GT=[*everywhere(), ("k1", "judge", "GT-1", "2026-09", 0, 3)],
        HN=everywhere(),
    )
    place = ("institutions", "GT", "GT-1")
    small = too_small(counted.people(), 5)

    hidden = hide(counted.cube(), small, threshold=5)

    assert {(place, measure) for measure in MEASURES} <= hidden
    assert not Attacker(counted.cube(), hidden).narrowed(small, threshold=5)


def test_one_person_with_many_courses_is_few_people():
    counted = region(GT=everywhere(), HN=everywhere())
    for _ in range(30):
        counted.add(Counted(99999, "HN", ("k1", "judge", "HN-1", "2026-09"), 0))

    small = too_small(counted.people(), 5)

    assert (("institutions", "HN", "HN-1"), OBLIGED) in small


def test_where_nothing_else_moves_totals_are_hidden():
    counted = region(GT=[("k1", "judge", "unknown", "2026-09", 2, 3)])
    small = too_small(counted.people(), 5)

    hidden = hide(counted.cube(), small, threshold=5)

    assert {(TOTAL, measure) for measure in MEASURES} <= hidden
    assert not Attacker(counted.cube(), hidden).narrowed(hidden | small, threshold=5)


def test_a_small_country_is_hidden_with_another():
    counted = region(
        GT=everywhere(),
        HN=everywhere(),
        SV=[("k1", "judge", "unknown", "2026-09", 3, 4)],
    )
    small = too_small(counted.people(), 5)

    hidden = hide(counted.cube(), small, threshold=5)

    assert not {(TOTAL, measure) for measure in MEASURES} & hidden
    assert {(("", "SV", ""), measure) for measure in MEASURES} <= hidden
    assert not Attacker(counted.cube(), hidden).narrowed(hidden | small, threshold=5)


def test_everybody_is_shown_nothing_that_the_secretariat_is_not():
    cube, people = population(Random(3))

    inner, public = frozen(cube, people)

    hidden_inside = hidden_outside = 0
    for place, _ in figures(cube):
        table, country, column = place
        pairs = zip(
            inner[table][country][column], public[table][country][column], strict=True
        )
        for shown, told in pairs:
            hidden_inside += shown is None
            hidden_outside += told is None
            assert told is None or told == shown
    assert 0 < hidden_inside < hidden_outside


def test_frozen_figures_are_the_true_ones_or_none():
    cube, people = population(Random(4))

    inner, _ = frozen(cube, people)

    true = figures(cube)
    for place in {place for place, _ in true}:
        told = inner[place[0]][place[1]][place[2]]
        exact = [true[fact] for fact in filter(is_shown, facts_at(place))]
        assert [t in (None, e) for t, e in zip(told, exact, strict=True)] == [
            True
        ] * len(exact)


def test_the_attacker_breaks_nothing():
    findings = suppression(8)

    assert findings[0].found > 100
    assert [(finding.found, finding.wanted) for finding in findings[1:]] == [(0, 0)] * 3


def test_the_attacker_breaks_what_hides_the_small_alone():
    findings = suppression(2, complement=False)

    assert all(finding.found > 20 for finding in findings[1:3])


@pytest.mark.parametrize("threshold", [5, 10])
def test_every_hidden_figure_is_as_wide_as_the_threshold(threshold):
    cube, people = population(Random(11))
    hidden = hide(cube, too_small(people, threshold), threshold=threshold)

    attacker = Attacker(cube, hidden)

    assert len(hidden) > 10
    assert attacker.narrowed(hidden, threshold=threshold) == set()
