"""Which figures are hidden, so that nobody can prove that some are about a few people?

Every figure is told as a band of `width` in a row (`certificates.figures.rules`). Bands
of totals and of their parts hold each other: of five parts "0–9" with a total of
"40–49" none is below four. So each figure, told or hidden, and what lies between two of
them, needs in every release

1. a population in which it is nought or at least `width`, and
2. populations in which it is half of `width` apart,

all of which look the same: the same bands everywhere. By the first nobody can prove of
a group that it holds somebody, and fewer than `width`. By the second nobody can prove
it of a change: between any two releases the least and the most that it may be are
`width` less one apart, and those of 1 up to less than `width` are closer.

A *move* (`certificates.figures.moves`) leads from one population that may be so to
another. For every figure moves are looked for, one after the other, until both hold.
Where bands leave no room, figures are hidden: a hidden one may be whatever it likes.
So the proof is the moves: the two populations, of whole people, can be written down.

The bands are rounding of each cell by itself (A. Hundepool et al., Statistical
Disclosure Control, Wiley 2012, chapter 5: rounding, and the audit of intervals). What
an attacker knows of the choice among several figures to hide is not held off, nor what
they guess of weeks between which hardly anything can have happened.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from certificates.figures.moves import TIERS, Move, Moves, Population, changes
from certificates.figures.rules import (
    ALL,
    TOTAL,
    Cube,
    Fact,
    band_from,
    everything,
    is_told,
)

INNER, EDGE, WHOLE = 1.0, 20.0, 400.0  # what it costs to hide one


def hide(
    cube: Cube,
    few: Collection[Fact],
    *,
    width: int,
    kept: Mapping[Fact, int | None] | None = None,
    check: bool = True,
) -> set[Fact]:
    """Return the figures to hide, `few` among them.

    `kept` are figures that were told before, by the edge of their band: they stand as
    they are, and were protected then. Without `check` only the few are hidden.
    """
    hiding = _Hiding(cube, few, width, kept or {})
    if check:
        hiding.protect_all()
    return hiding.hidden


@dataclass(frozen=True, slots=True)
class _Step:
    """A move some times, up or down, and which figures it takes beyond their band."""

    sign: int
    move: Move
    times: int
    beyond: frozenset[Fact]
    cost: float

    @property
    def rank(self) -> tuple[float, int]:
        return self.cost / self.times, -self.times


class _Hiding:
    """Hides until every figure may be nought or many, and two that are far apart."""

    def __init__(
        self,
        cube: Cube,
        few: Collection[Fact],
        width: int,
        kept: Mapping[Fact, int | None],
    ):
        self._cube, self._width, self._kept = cube, width, kept
        self._values = everything(cube)
        self._moves = Moves(cube)
        self._bands = {
            fact: band_from(kept.get(fact) or value, width)
            for fact, value in self._values.items()
            if is_told(fact)
        }
        self._free = set(filter(is_told, few)) | {
            fact
            for fact, edge in kept.items()
            if edge is None or not self._lies_in(fact, edge)
        }
        # How far each may be above and below what it is, as far as is known.
        self._above: Counter[Fact] = Counter()
        self._below: Counter[Fact] = Counter()

    @property
    def hidden(self) -> set[Fact]:
        return self._free - set(self._kept)

    def protect_all(self) -> None:
        """Totals first: what is hidden for them serves those within."""
        for fact in sorted(self._values.keys() - self._kept.keys(), key=_outer_first):
            self._protect(fact)

    def _lies_in(self, fact: Fact, edge: int) -> bool:
        band = band_from(edge, self._width)
        return band.least <= self._values[fact] <= band.most

    def _missing(self, fact: Fact) -> int:
        """Return how many steps are to be taken at least."""
        value = self._values[fact]
        above, below = self._above[fact], self._below[fact]
        apart = self._width // 2 - above - below
        is_few = 0 < value < self._width
        if is_few and below < value and value + above < self._width:
            return max(apart, min(value - below, self._width - value - above))
        return apart

    def _protect(self, fact: Fact) -> None:
        """Move until the figure may be what it needs to be."""
        ways = {sign: Population(self._cube) for sign in (1, -1)}
        while self._missing(fact) > 0:
            step = self._best(fact, ways)
            self._free |= step.beyond
            ways[step.sign].go(step.move, step.times)
            self._note(ways[step.sign].shifts)

    def _note(self, shifts: Counter[Fact]) -> None:
        for fact, by in shifts.items():
            if by > self._above[fact]:
                self._above[fact] = by
            elif -by > self._below[fact]:
                self._below[fact] = -by

    def _best(self, fact: Fact, ways: dict[int, Population]) -> _Step:
        """Return the step that hides the least for how far it goes."""
        best: _Step | None = None
        for tier in TIERS:
            for sign, population in ways.items():
                for move in self._moves.of(fact, sign, population, tier, self._price):
                    step = self._step(fact, sign, population, move)
                    if step is None:
                        continue
                    if not step.cost and 2 * step.times >= self._missing(fact):
                        return step
                    if best is None or step.rank < best.rank:
                        best = step
            if best and not best.cost:
                return best
        assert best is not None, "there can always be more people"  # noqa: S101
        return best

    def _step(
        self, fact: Fact, sign: int, population: Population, move: Move
    ) -> _Step | None:
        """Return how far the move can go, and makes sense to go; None if nowhere."""
        known = self._above[fact] if sign > 0 else self._below[fact]
        already = sign * population.shifts[fact]
        times = min(population.room(move), known - already + self._missing(fact))
        beyond = []
        for changed, by in changes(move).items():
            room = self._room(changed, by, population)
            if room < 1:
                beyond.append(changed)
            else:
                times = min(times, room)
        if times < 1 or any(one in self._kept for one in beyond):
            return None
        return _Step(sign, move, times, frozenset(beyond), self._cost(beyond))

    def _room(self, fact: Fact, by: int, population: Population) -> int:
        """Return how many steps leave the figure in its band; a hidden one has none."""
        band = self._bands.get(fact)
        if band is None or fact in self._free:
            return self._width
        now = self._values[fact] + population.shifts[fact]
        return (band.most - now) // by if by > 0 else (now - band.least) // -by

    def _price(self, facts: Mapping[Fact, int], population: Population) -> float:
        return self._cost(
            fact for fact, by in facts.items() if self._room(fact, by, population) < 1
        )

    def _cost(self, facts) -> float:
        return sum(_weight(fact, self._values[fact]) for fact in facts)


def _outer_first(fact: Fact) -> tuple[int, Fact]:
    return sum(part != ALL for part in fact[0]), fact


def _weight(fact: Fact, value: int) -> float:
    """Return what it costs to hide: totals most, and of two alike the larger one."""
    place = fact[0]
    if place == TOTAL:
        return WHOLE
    weight = EDGE if place[0] == ALL or place[1] == ALL else INNER
    return weight + value / (1000 + value)
