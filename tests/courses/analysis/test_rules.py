"""Figures of questions and tests, beside an independent reckoning over raw answers."""

from collections import Counter, defaultdict
from math import log, sqrt
from random import Random
from statistics import correlation, fmean, pvariance

import pytest

from courses.analysis import rules
from courses.analysis.reliability import alarms_of, reliability_of, totals_of
from courses.analysis.rules import (
    Sign,
    Tally,
    choices_of,
    differences,
    discrimination,
    facility,
    figures_of,
    thirds_of,
)
from tests.factories import document

ITEMS, KEYS = 20, "abcd"


def simulated(people: int, *, asked: int = ITEMS, seed: int = 21) -> list[dict]:
    """Return raw answers: question number → key; "a" is right. English is harder."""
    chance = Random(seed)
    rows = []
    for _person in range(people):
        able, language = chance.gauss(0, 1), chance.choice(["es", "es", "en"])
        answers = {}
        for number in sorted(chance.sample(range(ITEMS), asked)):
            hard = number / 10 - 1 + (1.2 if number == 3 and language == "en" else 0)
            knows = chance.random() < 1 / (1 + pow(2.718281828, hard - able))
            answers[number] = "a" if knows else chance.choice("bcd")
        track = chance.choice(["judge", "opi"])
        rows.append({"answers": answers, "language": language, "track": track})
    return rows


def tallied(rows: list[dict]) -> list[Tally]:
    found = Counter()
    for row in rows:
        total = sum(key == "a" for key in row["answers"].values())
        for number, key in row["answers"].items():
            alike = (number, row["language"], row["track"], total, len(row["answers"]))
            found[(*alike, key, int(key == "a"))] += 1
    return [Tally(*alike, people) for alike, people in found.items()]


def of_item(tallies: list[Tally], number: int) -> list[Tally]:
    return [one for one in tallies if one.version == number]


def total_of(row: dict) -> int:
    return sum(key == "a" for key in row["answers"].values())


def test_facility_and_discrimination_equal_the_reckoning_over_people():
    rows = simulated(5000, asked=12)
    tallies = tallied(rows)
    for number in range(ITEMS):
        asked = [row for row in rows if number in row["answers"]]
        points = [int(row["answers"][number] == "a") for row in asked]
        rest = [
            (total_of(row) - point) / 11
            for row, point in zip(asked, points, strict=True)
        ]
        mine = of_item(tallies, number)
        assert facility(mine) == pytest.approx(fmean(points), abs=1e-9)
        assert discrimination(mine) == pytest.approx(
            correlation(points, rest), abs=1e-9
        )


def test_alpha_and_its_error_equal_the_reckoning_over_people():
    rows = simulated(5000)
    totals = [total_of(row) for row in rows]
    of_items = sum(
        pvariance([int(row["answers"][number] == "a") for row in rows])
        for number in range(ITEMS)
    )
    alpha = ITEMS / (ITEMS - 1) * (1 - of_items / pvariance(totals))

    found = reliability_of(tallied(rows))

    assert (found.people, found.length) == (5000, ITEMS)
    assert found.mean == pytest.approx(fmean(totals), abs=1e-9)
    assert found.alpha == pytest.approx(alpha, abs=1e-9)
    error = sqrt(pvariance(totals)) * sqrt(1 - alpha)
    assert found.error == pytest.approx(error, abs=1e-9)


def test_a_group_is_compared_with_its_equals():
    rows = simulated(5000)
    found = differences(of_item(tallied(rows), 3), by="language")
    strata = defaultdict(list)
    for row in rows:
        strata[total_of(row)].append(row)
    above = below = 0
    for equals in strata.values():
        cell = Counter(
            (row["language"] == "en", row["answers"][3] == "a") for row in equals
        )
        above += cell[True, True] * cell[False, False] / len(equals)
        below += cell[True, False] * cell[False, True] / len(equals)

    english = next(one for one in found if one.group == "en")

    assert english.delta == pytest.approx(2.35 * log(above / below), abs=1e-9)
    assert english.is_large
    assert english.delta < 0
    others = differences(of_item(tallied(rows), 7), by="language")
    assert not any(one.is_large for one in others)


def test_chi_square_is_that_of_the_textbook():
    """Two tables of eleven and nine people, reckoned by hand."""
    table = [("en", 5, 1, 3), ("en", 5, 0, 2), ("es", 5, 1, 5), ("es", 5, 0, 1)]
    table += [("en", 8, 1, 2), ("en", 8, 0, 3), ("es", 8, 1, 4), ("es", 8, 0, 0)]
    tallies = [
        Tally(1, language, "", total, 10, "a", points, people * 25)
        for language, total, points, people in table
        if people
    ]
    found = differences(tallies, by="language")[0]
    observed = 75 + 50
    expected = 125 * 200 / 275 + 125 * 150 / 225
    variance = 125 * 150 * 200 * 75 / (275**2 * 274) + 125 * 100 * 150 * 75 / (
        225**2 * 224
    )
    distance = (abs(observed - expected) - 0.5) ** 2 / variance
    assert found.chi_square == pytest.approx(distance, abs=1e-9)


def test_thirds_hold_equal_totals_together():
    assert thirds_of(Counter({0.2: 10, 0.5: 10, 0.9: 10})) == {0.2: 0, 0.5: 1, 0.9: 2}
    assert thirds_of(Counter({0.5: 30})) == {0.5: 1}


def test_every_option_says_who_chose_it():
    tallies = [
        Tally(1, "es", "judge", 2, 10, "a", 0, 30),
        Tally(1, "es", "judge", 2, 10, "", 0, 10),
        Tally(1, "es", "judge", 8, 10, "b", 1, 40),
    ]
    found = choices_of(document(), tallies, {0.2: 0, 0.8: 2})
    by_key = {one.key: one for one in found}
    assert by_key["a"].thirds == (0.75, None, 0)
    assert by_key["b"].thirds == (0, None, 1)
    assert (by_key["b"].is_right, by_key["b"].share) == (True, 0.5)
    assert choices_of(document("matching"), tallies, {}) == []


def lines(*rows: tuple[int, str, int, int]) -> list[Tally]:
    return [Tally(1, "es", "judge", total, 10, *rest) for total, *rest in rows]


@pytest.mark.parametrize(
    ("sign", "tallies"),
    [
        (Sign.KEY, lines((2, "b", 1, 30), (8, "a", 0, 30), (5, "c", 0, 5))),
        (Sign.EASY, lines((2, "b", 1, 30), (8, "b", 1, 30))),
        (Sign.HARD, lines((2, "a", 0, 30), (8, "c", 0, 30))),
        (Sign.IDLE, lines((2, "a", 0, 20), (5, "b", 1, 40), (8, "b", 1, 40))),
        (Sign.WEAK, lines((2, "b", 1, 20), (2, "a", 0, 20), (3, "b", 1, 20))),
    ],
)
def test_what_somebody_should_look_at_is_said(sign, tallies):
    shares = Counter({one.share: one.people for one in tallies})
    assert sign in figures_of(document(), tallies, thirds_of(shares)).signs


def test_a_good_question_bears_no_sign():
    tallies = lines(
        (2, "a", 0, 20),
        (2, "c", 0, 15),
        (2, "b", 1, 10),
        (8, "b", 1, 40),
        (8, "a", 0, 4),
    )
    shares = Counter({0.2: 45, 0.8: 44})
    assert figures_of(document(), tallies, thirds_of(shares)).signs == []


def test_what_chance_alone_does_is_no_sign():
    """Forty people: a weak correlation below nothing, an option nobody chose."""
    tallies = lines((2, "b", 1, 18), (2, "c", 0, 2), (8, "b", 1, 17), (8, "c", 0, 3))

    found = figures_of(document(), tallies, {0.2: 0, 0.8: 2})

    assert found.discrimination < 0
    assert not {Sign.KEY, Sign.IDLE} & set(found.signs)


def test_of_too_few_people_nothing_is_told():
    few = lines((2, "a", 0, 14), (8, "b", 1, rules.ENOUGH - 15))
    assert figures_of(document(), few, {0.2: 0, 0.8: 2}) is None
    assert reliability_of(few) is None
    assert differences(lines((2, "a", 0, 300)), by="language") == []
    assert reliability_of([]) is None


def test_misses_and_false_alarms_are_counted_apart():
    tallies = [
        Tally(1, "es", "", 5, 10, "a", 0, 30),
        Tally(1, "es", "", 5, 10, "b", 1, 70),
        Tally(2, "es", "", 5, 10, "b", 1, 40),
        Tally(3, "es", "", 5, 10, "b", 0, 40),
    ]
    found = alarms_of(tallies, signs={1: "sign", 2: "no-sign"})
    assert (found.misses, found.false_alarms) == (0.3, 0)
    assert alarms_of(tallies, signs={}).misses is None


def test_totals_come_back_from_the_tallies():
    rows = simulated(200, asked=5)
    assert totals_of(tallied(rows)) == Counter((total_of(row), 5) for row in rows)


def test_a_test_of_one_question_tells_no_discrimination():
    alone = [Tally(1, "es", "", point, 1, "b", point, 40) for point in (0, 1)]
    assert discrimination(alone) is None


def test_groups_that_all_know_or_stand_alone_are_not_compared():
    known = [Tally(1, code, "", 5, 10, "b", 1, 60) for code in ("es", "en")]
    alone = Tally(1, "es", "", 7, 10, "a", 0, 1)
    assert differences([*known, alone], by="language") == []
