"""In which bands are figures told, so that nobody proves that some are about a few?

Every figure is told as a band of `width` in a row (`certificates.figures.rules`). Bands
of totals and of their parts hold each other: of five parts "0–9" with a total of
"40–49" none is below four. So each *group* (a figure, told or hidden; what lies between
two measures; all others of its row or of its column) needs in every release

1. a population in which it is nought or at least `width`, and
2. populations in which it is half of `width` apart,

all of which look the same: the same bands everywhere. By the first nobody can prove of
a group that it holds somebody, and fewer than `width`. By the second nobody can prove
it of a change: between any two releases the least and the most that it may be are
`width` less one apart, and those of 1 up to less than `width` are closer.

A *move* (`certificates.figures.moves`) leads from one population that may be so to
another. For every group moves are looked for, one after the other, until both hold.
Where bands leave no room some are widened, twice and four times; in the end figures are
hidden: a hidden one may be whatever it likes. So the proof is the moves: the two
populations, of whole people, can be written down.

The bands are rounding of each cell by itself (A. Hundepool et al., Statistical
Disclosure Control, Wiley 2012, chapter 5: rounding, and the audit of intervals). What
an attacker knows of the choice among several figures to widen is not held off, nor what
they guess of weeks between which hardly anything can have happened.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from certificates.figures.moves import TIERS, Move, Moves, Population, changes
from certificates.figures.rules import (
    ALL,
    BY_NAME,
    TOTAL,
    Band,
    Cube,
    Fact,
    everything,
    widened,
)

INNER, EDGE, WHOLE = 1.0, 20.0, 400.0  # what it costs to widen one
HIDDEN = 4  # times what it costs to widen it once

type Bands = dict[Fact, Band | None]  # None where nothing is told
type Group = tuple[Fact, Fact | None]  # a figure, or what it has more than another


def loosened(
    bands: Bands, cube: Cube, *, width: int, kept: Bands | None = None
) -> Bands:
    """Return the bands, widened or hidden until nobody can prove anything of a few.

    `kept` are figures that were told before: they stand as they are, and were protected
    then.
    """
    loosening = _Loosening(bands, cube, width, kept or {})
    loosening.protect_all()
    return loosening.bands


@dataclass(frozen=True, slots=True)
class _Step:
    """A move some times, up or down, and the bands that it takes."""

    tier: int
    sign: int
    move: Move
    times: int
    wider: Bands
    cost: float

    @property
    def rank(self) -> tuple[float, int]:
        return self.cost / self.times, -self.times


class _Loosening:
    """Widens until every group may be nought or many, and two that are far apart."""

    def __init__(self, bands: Bands, cube: Cube, width: int, kept: Bands):
        self._cube, self._width, self._kept = cube, width, kept
        self._values = everything(cube)
        self._moves = Moves(cube)
        # What was told of a month, and is no longer so, holds nothing of today.
        still = {
            fact: band if band and self._values[fact] in band else None
            for fact, band in kept.items()
        }
        self._bands = bands | still
        self._others = dict(_others(cube, self._values, 2 * width))
        self._parts: dict[Fact, list[Group]] = {}
        for group in self._others:
            for fact in filter(None, group):
                self._parts.setdefault(fact, []).append(group)
        # How far each may be above and below what it is, as far as is known.
        self._above: Counter[Group] = Counter()
        self._below: Counter[Group] = Counter()

    @property
    def bands(self) -> Bands:
        return self._bands | self._kept

    def protect_all(self) -> None:
        """Totals first: what is widened for them serves those within."""
        for fact in sorted(self._values.keys() - self._kept.keys(), key=_outer_first):
            self._protect((fact, None), [fact])
        for group, others in self._others.items():
            self._protect(group, others)

    def _missing(self, group: Group) -> int:
        """Return how many steps are to be taken at least."""
        whole, part = group
        value = self._values[whole] - (self._values[part] if part else 0)
        above, below = self._above[group], self._below[group]
        apart = self._width // 2 - above - below
        is_few = 0 < value < self._width
        if is_few and below < value and value + above < self._width:
            return max(apart, min(value - below, self._width - value - above))
        return apart

    def _protect(self, group: Group, within: list[Fact]) -> None:
        """Move until the group may be what it needs to be; `within` are its figures."""
        if self._missing(group) <= 0:
            return
        ways = {sign: Population(self._cube) for sign in (1, -1)}
        while self._missing(group) > 0:
            step = self._best(group, within, ways)
            self._bands |= step.wider
            ways[step.sign].go(step.move, step.times)
            self._note(step.move, ways[step.sign].shifts)

    def _note(self, move: Move, shifts: Counter[Fact]) -> None:
        """Note how far each group is that the move changed: no other one is further."""
        facts = changes(move)
        groups: set[Group] = {(fact, None) for fact in facts}
        groups.update(group for fact in facts for group in self._parts.get(fact, ()))
        for group in groups:
            by = _shift(group, shifts)
            if by > self._above[group]:
                self._above[group] = by
            elif -by > self._below[group]:
                self._below[group] = -by

    def _best(
        self, group: Group, within: list[Fact], ways: dict[int, Population]
    ) -> _Step:
        """Return the step that widens the least for how far it goes."""
        best: _Step | None = None
        for tier, (sign, population), fact in product(TIERS, ways.items(), within):
            if best and not best.cost and tier > best.tier:
                return best
            for move in self._moves.of(fact, sign, population, tier, self._price):
                step = self._step(group, sign, population, move, tier)
                if step is None:
                    continue
                if not step.cost and 2 * step.times >= self._missing(group):
                    return step
                if best is None or step.rank < best.rank:
                    best = step
        assert best is not None, "there can always be more people"  # noqa: S101
        return best

    def _step(
        self, group: Group, sign: int, population: Population, move: Move, tier: int
    ) -> _Step | None:
        """Return how far the move can go, and makes sense to go; None if nowhere."""
        changed = changes(move)
        moves = sign * _shift(group, changed)
        if moves < 1:
            return None
        known = self._above[group] if sign > 0 else self._below[group]
        already = sign * _shift(group, population.shifts)
        wanted = known - already + self._missing(group)
        times = min(population.room(move), -(-wanted // moves))
        wider: Bands = {}
        cost = 0.0
        for fact, by in changed.items():
            band, price = self._band_for(fact, by, population)
            if price:
                if fact in self._kept:
                    return None
                wider[fact] = band
                cost += price
            times = min(times, self._room(fact, by, population, band))
        return _Step(tier, sign, move, times, wider, cost) if times > 0 else None

    def _band_for(
        self, fact: Fact, by: int, population: Population
    ) -> tuple[Band | None, float]:
        """Return a band in which there is room for a step, and what it costs."""
        band, times = self._bands.get(fact), 0
        while band and self._room(fact, by, population, band) < 1:
            band, times = widened(band, self._width), times + 1
        if not times:
            return band, 0
        return band, _weight(fact, self._values[fact]) * (times if band else HIDDEN)

    def _room(
        self, fact: Fact, by: int, population: Population, band: Band | None
    ) -> int:
        """Return how many steps leave the figure in its band; a hidden one has none."""
        if band is None:
            return self._width
        now = self._values[fact] + population.shifts.get(fact, 0)
        return (band.most - now) // by if by > 0 else (now - band.least) // -by

    def _price(self, facts: Mapping[Fact, int], population: Population) -> float:
        return sum(
            self._band_for(fact, by, population)[1] for fact, by in facts.items()
        )


def _shift(group: Group, shifts: Mapping[Fact, int]) -> int:
    whole, part = group
    return shifts.get(whole, 0) - (shifts.get(part, 0) if part else 0)


def _others(
    cube: Cube, values: Mapping[Fact, int], few: int
) -> Iterator[tuple[Group, list[Fact]]]:
    """Yield all others of each row and column, with the figures that they are.

    All others of the region, of a single cell: only where they are few.
    """
    for fact in values:
        (table, country, column), number = fact
        in_row = [
            ((table, country, other), number)
            for other in _columns(cube, table, country)
            if other != column
        ]
        in_column = [
            ((table, other, column), number)
            for other in cube.countries()
            if other != country and ((table, other, column), number) in values
        ]
        row, every = ((ALL, country, ALL), number), (TOTAL, number)
        if table != ALL and in_row:
            yield (row, fact), in_row
        column_of_all = (table, ALL, column), number
        if country != ALL and in_column and column_of_all in values:
            yield (column_of_all, fact), in_column
        inner = table != ALL and country != ALL
        if inner and values[every] - values[fact] < few and (in_row or in_column):
            yield (every, fact), in_row + in_column


def _columns(cube: Cube, table: str, country: str) -> list[str]:
    if table == ALL:
        return []
    if country != ALL:
        return cube.columns(table, country)
    across = BY_NAME[table].across
    return sorted({x for t, _, x in cube.counts if t == table}) if across else []


def _outer_first(fact: Fact) -> tuple[int, Fact]:
    return sum(part != ALL for part in fact[0]), fact


def _weight(fact: Fact, value: int) -> float:
    """Return what it costs to widen: totals most, and of two alike the smaller one."""
    place = fact[0]
    if place == TOTAL:
        return WHOLE
    weight = EDGE if place[0] == ALL or place[1] == ALL else INNER
    return weight + 1 / (1 + value)
