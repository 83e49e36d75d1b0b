"""Which figures are hidden, so that no small one can be reckoned from the others?

Hidden are the small ones, and others that move together with them. A *move*
(`certificates.figures.moves`) leads from one population that may be so to another, and
leaves what is shown as it is: in a rectangle of two countries and two courses, say, one
goes up as its neighbours go down. For every hidden figure moves are looked for, one
after the other, until two populations of whole people differ in it by `threshold`;
whatever changes on the way is hidden as well, and then is a hidden figure like others.
So nobody can narrow a hidden figure to less than `threshold`, by whatever reckoning:
both populations have the very same release, with all its tables and totals. Where
nothing else moves, totals are hidden: last resort, and always possible.

All hidden figures look alike, so that none says that it is a small one. Who would run
this very choice over every population there could be is not held off. Nor is who lays
two weeks side by side: where both show a figure, its difference tells what the week
brought, be it one person.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from certificates.figures.moves import Move, Moves, Population, changes
from certificates.figures.rules import ALL, TOTAL, Cube, Fact, figures, is_shown

INNER, EDGE, WHOLE = 1.0, 20.0, 400.0  # what it costs to hide one
NOUGHT = 8.0  # within: where nobody is, only more people give it room to move


def hide(
    cube: Cube, small: Collection[Fact], *, threshold: int, complement: bool = True
) -> set[Fact]:
    """Return the figures to hide; without complement, those that are small alone."""
    hiding = _Hiding(cube, small, threshold)
    if complement:
        hiding.protect_all(small)
    return hiding.hidden


class _Hiding:
    """Adds to what is hidden until every hidden figure may be two far apart."""

    def __init__(self, cube: Cube, small: Collection[Fact], threshold: int):
        self.hidden = set(filter(is_shown, small))
        self._cube, self._threshold = cube, threshold
        self._moves = Moves(cube)
        self._cost = {f: _weight(f, value) for f, value in figures(cube).items()}
        # How far each may be above and below what it is, as far as is known.
        self._above: Counter[Fact] = Counter()
        self._below: Counter[Fact] = Counter()

    def protect_all(self, small: Collection[Fact]) -> None:
        """Totals first: what is hidden for them serves the small ones within."""
        waiting = sorted(small, key=_outer_first)
        for fact in waiting:  # grows on the way
            waiting += sorted(self._protect(fact), key=_outer_first)

    def _missing(self, fact: Fact) -> int:
        return self._threshold - self._above[fact] - self._below[fact]

    def _protect(self, fact: Fact) -> set[Fact]:
        """Move until the figure is far enough from itself; return what was hidden."""
        before = set(self.hidden)
        ways = {sign: Population(self._cube) for sign in (1, -1)}
        while self._missing(fact) > 0:
            sign, move, steps = self._best(fact, ways)
            ways[sign].go(move, steps)
            self._note(ways[sign].shifts)
            self.hidden.update(filter(is_shown, changes(move)))
        return self.hidden - before

    def _note(self, shifts: Counter[Fact]) -> None:
        for fact, by in shifts.items():
            if by > self._above[fact]:
                self._above[fact] = by
            elif -by > self._below[fact]:
                self._below[fact] = -by

    def _best(self, fact: Fact, ways: dict[int, Population]) -> tuple[int, Move, int]:
        """Return the move that hides the least for a step, its way and how far."""
        best: tuple[tuple[float, int], int, Move, int] | None = None
        for tier in range(3):
            for sign, population in ways.items():
                for move in self._moves.of(fact, sign, population, tier, self._price):
                    steps = self._steps(fact, sign, population, move)
                    if steps < 1:
                        continue
                    rank = (self._price(changes(move)) / steps, -steps)
                    if best is None or rank < best[0]:
                        best = rank, sign, move, steps
                    if rank[0] == 0 and steps == self._missing(fact):
                        return sign, move, steps
        assert best is not None, "there can always be more people"  # noqa: S101
        return best[1:]

    def _steps(self, fact: Fact, sign: int, population: Population, move: Move) -> int:
        """Return how far the move can go, and makes sense to go."""
        known = self._above[fact] if sign > 0 else self._below[fact]
        already = sign * population.shifts[fact]
        return min(population.room(move), known - already + self._missing(fact))

    def _price(self, facts: Iterable[Fact]) -> float:
        hidden, cost = self.hidden, self._cost
        return sum(cost[f] for f in facts if f not in hidden and f in cost)


def _outer_first(fact: Fact) -> tuple[int, Fact]:
    return sum(part != ALL for part in fact[0]), fact


def _weight(fact: Fact, value: int) -> float:
    """Return what it costs to hide: totals most, and of two alike the larger one."""
    place = fact[0]
    if place == TOTAL:
        return WHOLE
    within = INNER if value else NOUGHT
    weight = EDGE if place[0] == ALL or place[1] == ALL else within
    return weight + value / (1000 + value)
