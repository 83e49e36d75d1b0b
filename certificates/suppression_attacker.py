"""Can anybody prove that a group of the region, or a change, is about a few people?

An attacker with linear programs. It knows every band that is told, of every week, all
ties between figures, and that no number is below nought; of months that are over it
knows that they stay what they were. It asks for the least and the most that each group
could be: what is told and what is not, what lies between two measures, and all others
of a row or a column. What is proven to be somebody, and fewer than `width`, is found;
so is a change between any two weeks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from certificates.figures.rules import (
    ALL,
    COMPLETED,
    GRAINS,
    OPEN,
    TABLES,
    TOTAL,
    Band,
    Cube,
    Fact,
    Place,
    everything,
    grains_in,
    is_dated,
)

NEARLY = 1e-6

type Variable = tuple[str, Place, int]  # a week, a place and a grain
type Group = tuple[Fact, Fact | None]  # a figure, or what it has more than another


@dataclass(frozen=True, slots=True)
class Told:
    """A release as it is read: which places there are, and the bands of figures."""

    week: str
    cube: Cube  # only its places are read
    bands: Mapping[Fact, Band]


@dataclass
class Attacker:
    """Knows releases, and narrows what they do not tell."""

    releases: list[Told]
    width: int
    variables: dict[Variable, int] = field(init=False, default_factory=dict)

    def __post_init__(self):
        self._rows: list[dict[int, int]] = []
        self._least: list[float] = []
        self._most: list[float] = []
        for release in self.releases:
            self._read(release)
        self._ties = LinearConstraint(
            _matrix(self._rows, len(self.variables)), self._least, self._most
        )

    def narrowed(self, week: Told, groups: Iterable[Group]) -> "Ranges":
        """Return between which two each group may be, as far as it has to be known.

        Every solution is a population that may be: it widens what is known to be
        possible of all the others, so that few have to be asked for.
        """
        groups = list(groups)
        sums = _matrix(
            [self._row_of(week, group) for group in groups], len(self.variables)
        )
        ranges = Ranges(groups, self.width)
        for number in range(len(groups)):
            for sign in (1, -1):
                if ranges.is_wide(number):
                    break
                goal = sign * sums[[number]].toarray()[0]
                ranges.widen(sums @ self._extreme(goal))
        return ranges

    def _read(self, release: Told) -> None:
        for place in sorted(release.cube.counts):
            for grain in [COMPLETED] if is_dated(place) else range(GRAINS):
                key = _variable(release, place, grain)
                self.variables.setdefault(key, len(self.variables))
        for fact, band in release.bands.items():
            self._tie(self._row(release, fact), band.least, band.most)
        for country in release.cube.countries():
            for table in TABLES[1:]:
                # The same are counted by every table, of a country and a grain.
                for grain in [None] if table.dated else range(GRAINS):
                    self._tie(self._same(release, table.name, country, grain), 0, 0)

    def _tie(self, row: dict[int, int], least: float, most: float) -> None:
        self._rows.append(row)
        self._least.append(least)
        self._most.append(most)

    def _row_of(self, release: Told, group: Group) -> dict[int, int]:
        whole, part = group
        row = self._row(release, whole)
        for number, by in (self._row(release, part) if part else {}).items():
            row[number] = row.get(number, 0) - by
        return row

    def _row(self, release: Told, fact: Fact) -> dict[int, int]:
        """Return of which variables a fact is the sum."""
        (table, country, column), _ = fact
        name = table or TABLES[0].name
        return {
            self.variables[_variable(release, place, grain)]: 1
            for place in release.cube.counts
            if place[0] == name
            and country in (ALL, place[1])
            and column in (ALL, place[2])
            for grain in ([COMPLETED] if is_dated(place) else range(GRAINS))
            if grain in grains_in(fact)
        }

    def _same(
        self, release: Told, table: str, country: str, grain: int | None
    ) -> dict[int, int]:
        sign = {table: 1, TABLES[0].name: -1}
        return {
            self.variables[_variable(release, place, of)]: sign[place[0]]
            for place in release.cube.counts
            if place[0] in sign and place[1] == country
            for of in ([COMPLETED] if is_dated(place) else range(GRAINS))
            if (of == grain if grain is not None else of >= COMPLETED)
        }

    def _extreme(self, goal):
        # No number is higher than all that are told of by far: nothing is endless.
        high = 10 * self.width + sum(
            band.most for one in self.releases for band in one.bands.values()
        )
        answer = milp(goal, constraints=self._ties, bounds=Bounds(0, high))
        return answer.x


def _variable(release: Told, place: Place, grain: int) -> Variable:
    """Return how it is known: what is told of a past month is so every week."""
    always = is_dated(place) and place[2] != OPEN
    return ("" if always else release.week, place, grain)


def _matrix(rows: list[dict[int, int]], width: int) -> csr_matrix:
    at = [(number, variable) for number, row in enumerate(rows) for variable in row]
    values = [by for row in rows for by in row.values()]
    across = tuple(zip(*at, strict=True)) if at else ((), ())
    return csr_matrix((values, across), shape=(len(rows), width), dtype=float)


class Ranges:
    """Between which two each of some groups may be, as far as it is known."""

    def __init__(self, groups: list[Group], width: int):
        self.groups, self._width = groups, width
        self.least = np.full(len(groups), np.inf)
        self.most = np.full(len(groups), -np.inf)

    def widen(self, values) -> None:
        self.least = np.minimum(self.least, values)
        self.most = np.maximum(self.most, values)

    def is_wide(self, number: int) -> bool:
        """Say whether nothing more has to be known of a group."""
        least, most = self.least[number], self.most[number]
        may_be_none_or_many = least <= NEARLY or most >= self._width - NEARLY
        return may_be_none_or_many and most - least >= self._width // 2 - NEARLY

    def few(self) -> int:
        """Return how many are proven to be somebody, and fewer than the width."""
        few = (self.least > NEARLY) & (self.most < self._width - NEARLY)
        return int(few.sum())

    def changed_by_few(self, later: "Ranges") -> int:
        """Return of how many groups it is proven that so few came, or left."""
        mine = {group: number for number, group in enumerate(self.groups)}
        both = [
            (mine[group], number)
            for number, group in enumerate(later.groups)
            if group in mine
        ]
        before, now = (list(numbers) for numbers in zip(*both, strict=True))
        least = later.least[now] - self.most[before]
        most = later.most[now] - self.least[before]
        came = (least > NEARLY) & (most < self._width - NEARLY)
        left = (most < -NEARLY) & (least > NEARLY - self._width)
        return int((came | left).sum())


def groups_of(cube: Cube) -> Iterator[Group]:
    """Yield every figure and grain, and all others of its row and of its column."""
    facts = everything(cube)
    for fact in facts:
        yield fact, None
        (table, country, column), number = fact
        if is_dated(fact[0]):
            continue
        wider = {(ALL, country, ALL), (table, ALL, column), TOTAL} - {fact[0]}
        for place in sorted(wider):
            if (place, number) in facts:
                yield (place, number), fact


def of_months(cube: Cube) -> Iterator[Group]:
    """Yield what is told of months, and what each country completed in none of them."""
    for place in cube.counts:
        if is_dated(place):
            yield (place, COMPLETED), None
            yield ((ALL, place[1], ALL), COMPLETED), (place, COMPLETED)
