"""Can anybody reckon a figure that a release hides? An attacker with linear programs.

The attacker knows every figure that is shown, every tie between figures and that no
number is below nought, and asks for the least and the most that each could be. What it
does not know is which of the hidden figures are the small ones: they all look alike.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from certificates.figures.counting import UNKNOWN, Counted, Tally, every_column
from certificates.figures.hiding import hide
from certificates.figures.rules import (
    ALL,
    COMPLETED,
    GRAINS,
    TABLES,
    Cube,
    Fact,
    figures,
    grains_in,
    is_dated,
    too_small,
)
from lms.drills import Finding
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT

NEARLY = 1e-6


@dataclass
class Attacker:
    """Knows a release, and narrows what it does not tell."""

    cube: Cube  # only which places there are, and the figures that are shown
    hidden: set[Fact]
    known: dict[Fact, int] = field(init=False)

    def __post_init__(self):
        self.known = {
            fact: value
            for fact, value in figures(self.cube).items()
            if fact not in self.hidden
        }
        self.variables = {
            (place, grain): number
            for number, (place, grain) in enumerate(
                (place, grain)
                for place in sorted(self.cube.counts)
                for grain in ([COMPLETED] if is_dated(place) else range(GRAINS))
            )
        }
        self.left, self.right = self._ties()

    def row(self, fact: Fact) -> dict[int, int]:
        """Return of which variables a fact is the sum."""
        (table, country, column), _ = fact
        name = table or TABLES[0].name
        return {
            number: 1
            for (place, grain), number in self.variables.items()
            if place[0] == name
            and country in (ALL, place[1])
            and column in (ALL, place[2])
            and grain in grains_in(fact)
        }

    def _ties(self):
        rows = [(self.row(fact), value) for fact, value in self.known.items()]
        for country in self.cube.countries():
            for table in TABLES[1:]:
                # The same are counted by every table, of a country and a grain.
                grains = [None] if table.dated else range(GRAINS)
                rows += [(self._same(table.name, country, g), 0) for g in grains]
        left = lil_matrix((len(rows), len(self.variables)))
        for number, (row, _) in enumerate(rows):
            for variable, by in row.items():
                left[number, variable] = by
        return left.tocsr(), [value for _, value in rows]

    def _same(self, table: str, country: str, grain: int | None) -> dict[int, int]:
        sign = {table: 1, TABLES[0].name: -1}
        return {
            number: sign[place[0]]
            for (place, of), number in self.variables.items()
            if place[0] in sign
            and place[1] == country
            and (of == grain if grain is not None else of >= COMPLETED)
        }

    def narrowed(self, facts: Collection[Fact], *, threshold: int) -> set[Fact]:
        """Return those that it narrows to less than `threshold` wide.

        Every solution is a population that may be: it widens what is known to be
        possible of all the others, so that few have to be asked for.
        """
        facts = sorted(facts)
        sums = np.zeros((len(facts), len(self.variables)))
        for number, fact in enumerate(facts):
            sums[number, list(self.row(fact))] = 1
        least = np.full(len(facts), np.inf)
        most = np.full(len(facts), -np.inf)
        found = set()
        for number, fact in enumerate(facts):
            for sign in (1, -1):
                if most[number] - least[number] >= threshold - NEARLY:
                    break
                solution = self._extreme(sign * sums[number], threshold)
                values = sums @ solution
                least, most = np.minimum(least, values), np.maximum(most, values)
            if most[number] - least[number] < threshold - NEARLY:
                found.add(fact)
        return found

    def _extreme(self, goal, threshold: int):
        # No number is higher than all that are counted by far: nothing is endless.
        high = 10 * threshold + sum(map(sum, self.cube.counts.values()))
        answer = linprog(
            goal, A_eq=self.left, b_eq=self.right, bounds=(0, high), method="highs"
        )
        return answer.x


def population(dice: Random) -> tuple[Cube, dict[Fact, int]]:
    """Invent a region: some countries large, some tiny, some courses hardly given."""
    countries = [f"C{n}" for n in range(dice.randint(2, 5))]
    shared = {
        "courses": [f"k{n}" for n in range(dice.randint(1, 4))],
        "professions": [f"p{n}" for n in range(dice.randint(2, 4))],
        "months": [f"m{n}" for n in range(dice.randint(2, 4))],
    }
    institutions = {
        c: [f"{c}i{n}" for n in range(dice.randint(1, 3))] for c in countries
    }
    tally = Tally(every_column(countries, shared, institutions), few=TO_EVERYBODY)
    for country in countries:
        many = dice.choice([0, 2, 6, 15, 40, 120])
        for _ in range(many):
            columns = {
                **{name: _skewed(dice, names) for name, names in shared.items()},
                "institutions": _skewed(dice, [UNKNOWN, *institutions[country]]),
            }
            grain = dice.choices(range(GRAINS), [5, 2, 6, dice.choice([0, 1, 4])])[0]
            person = dice.randrange(max(2, many // dice.choice([1, 2])))
            tally.add(
                Counted(person, country, tuple(columns[t.name] for t in TABLES), grain)
            )
    return tally.cube(), tally.people()


def _skewed(dice: Random, names: list[str]) -> str:
    return names[min(int(dice.expovariate(1.0)), len(names) - 1)]


def suppression(rounds: int, *, complement: bool = True) -> list[Finding]:
    """Attack both releases of invented regions: the inner one, and the open data."""
    broken = {TO_SECRETARIAT: 0, TO_EVERYBODY: 0}
    hidden_in_all = shown_again = 0
    for seed in range(rounds):
        cube, people = population(Random(seed))  # noqa: S311 - invents, keeps no secret
        inner: set[Fact] = set()
        for threshold in broken:
            small = too_small(people, threshold) | inner
            hidden = hide(cube, small, threshold=threshold, complement=complement)
            hidden_in_all += len(hidden)
            shown_again += len(inner - hidden)
            narrowed = Attacker(cube, hidden).narrowed(
                hidden | small, threshold=threshold
            )
            broken[threshold] += len(narrowed)
            inner = hidden
    return [
        Finding("figures hidden", hidden_in_all),
        *(
            Finding(f"narrowed to less than {threshold}", number, 0)
            for threshold, number in broken.items()
        ),
        Finding("hidden from the secretariat and shown to all", shown_again, 0),
    ]
