"""Which figures are hidden, so that no small one can be reckoned from the others?

Hidden are the small ones, and others that are moved together with them. A *move* is a
change of whole obligations, from one population that may be so to another, which
leaves every figure that is shown as it is: a rectangle of two countries and two
courses, say, where one goes up as its neighbour goes down. Every small figure is given
one that can make `threshold` steps, up and down together, without any number falling
below nought; what it touches on the way is hidden as well. So for each hidden figure
there are populations with the very same release in which it differs by `threshold`:
nobody can narrow it to less, by whatever reckoning, whole numbers and the ties between
tables and measures included. Where nothing else moves, totals are hidden: last resort.

All hidden figures look alike, so that none says that it is a small one. Who would run
this very choice over every population there could be is not held off.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from certificates.figures.rules import (
    ALL,
    BY_NAME,
    COMPLETED,
    GRAINS,
    TABLES,
    TOTAL,
    Cube,
    Fact,
    Kind,
    Place,
    Table,
    figures,
    is_dated,
    is_shown,
    roll_up,
)

type Point = tuple[Place, int]  # where, and whether more or less
type Pair = tuple[Point, Point]

ENDLESS = 10**9
KINDS: list[Kind] = [(a, b) for b in range(4) for a in range(b - 1, -2, -1)]
DATED: Kind = (-1, COMPLETED)
INNER, EDGE, WHOLE = 1.0, 20.0, 400.0  # what it costs to hide one


@dataclass(frozen=True, slots=True)
class Move:
    """One obligation more (or less) of a kind at each of these places."""

    kind: Kind
    points: tuple[Point, ...]


def hide(
    cube: Cube, small: Collection[Fact], *, threshold: int, complement: bool = True
) -> set[Fact]:
    """Return the figures to hide; without complement, those that are small alone."""
    hidden = {fact for fact in small if is_shown(fact)}
    if complement:
        _Hiding(cube, hidden, threshold).protect(small)
    return hidden


class _Hiding:
    """Adds to what is hidden until every small figure has a move."""

    def __init__(self, cube: Cube, hidden: set[Fact], threshold: int):
        self.cube, self.hidden, self.threshold = cube, hidden, threshold
        self.values = figures(cube)
        self.countries = cube.countries()
        self.columns = {
            (table.name, country): cube.columns(table.name, country)
            for table in TABLES
            for country in self.countries
        }

    def protect(self, small: Collection[Fact]) -> None:
        """Totals first: what is hidden for them serves the small ones within."""
        protected: set[Fact] = set()
        for fact in sorted(small, key=_outer_first):
            if fact not in protected:
                move = min(self._moves_of(fact), key=self._price)
                moved = touched(move)
                protected.update(moved)
                self.hidden.update(filter(is_shown, moved))

    def _price(self, move: Move) -> float:
        return self._price_of(touched(move))

    def _price_of(self, facts: Collection[Fact]) -> float:
        new = (fact for fact in facts if is_shown(fact) and fact not in self.hidden)
        return sum(_weight(fact) + self.values[fact] / ENDLESS for fact in new)

    def _moves_of(self, fact: Fact) -> Iterator[Move]:
        """Yield the moves that change the figure, far enough, at least one."""
        place = fact[0]
        table, country, column = place
        for kind in filter(lambda kind: fact in changed(place, kind), KINDS):
            if table == ALL:
                around = self.countries if country == ALL else [country]
                for here in around:
                    yield from self._between(here, kind)
                    yield from self._opened({}, here, kind)
            elif country == ALL:
                yield from self._along(table, column, kind)
                for here in self.countries:
                    yield from self._opened({table: column}, here, kind)
            else:
                yield from self._within(place, kind)
                yield from self._opened({table: column}, country, kind)

    def _far_enough(self, moves: Iterator[Move]) -> Iterator[Move]:
        for move in moves:
            up, down = _least([self._room(p, move.kind) for p in move.points])
            if up + down >= self.threshold:
                yield move

    def _room(self, point: Point, kind: Kind) -> tuple[int, int]:
        """Return how many steps a point can go along and against its sign."""
        place, sign = point
        start, end = DATED if is_dated(place) else kind
        counts = self.cube.counts[place]
        along, against = ENDLESS if start < 0 else counts[start], counts[end]
        return (along, against) if sign > 0 else (against, along)

    def _within(self, place: Place, kind: Kind) -> Iterator[Move]:
        """Exchange between two columns of a country, and back in another country."""
        table, country, column = place
        for other in self.columns[table, country]:
            if other == column:
                continue
            here = (place, 1), ((table, country, other), -1)
            if not BY_NAME[table].across:
                yield from self._far_enough(iter([Move(kind, here)]))
                continue
            rows = (
                Move(kind, (*here, ((table, c, column), -1), ((table, c, other), 1)))
                for c in self.countries
                if c != country
            )
            yield from self._far_enough(rows)

    def _along(self, table: str, column: str, kind: Kind) -> Iterator[Move]:
        """Exchange between two columns of the region, in one of its countries."""
        pairs = (
            Move(kind, (((table, c, column), 1), ((table, c, other), -1)))
            for c in self.countries
            for other in self.columns[table, c]
            if other != column
        )
        yield from self._far_enough(pairs)

    def _between(self, country: str, kind: Kind) -> Iterator[Move]:
        """Exchange between two countries, in every table at once."""
        for other in self.countries:
            if other == country:
                continue
            for up in {0, self.threshold // 2, self.threshold}:
                points = self._cheapest(country, other, kind, up)
                if points:
                    yield Move(kind, points)

    def _cheapest(
        self, country: str, other: str, kind: Kind, up: int
    ) -> tuple[Point, ...]:
        """Return for each table the columns to exchange in; none if one has no room."""
        found: list[Point] = []
        for table in _tables_of(kind):
            choices = [
                pair
                for pair in self._pairs(table.name, country, other)
                if self._has_room(pair, kind, up)
            ]
            if not choices:
                return ()
            found += min(choices, key=lambda pair: self._price(Move(kind, pair)))
        return tuple(found)

    def _pairs(self, table: str, country: str, other: str) -> Iterator[Pair]:
        for column in self.columns[table, country]:
            there = [column] if BY_NAME[table].across else self.columns[table, other]
            for opposite in there:
                yield ((table, country, column), 1), ((table, other, opposite), -1)

    def _has_room(self, pair: Pair, kind: Kind, up: int) -> bool:
        along, against = _least([self._room(point, kind) for point in pair])
        return along >= up and against >= self.threshold - up

    def _opened(
        self, chosen: dict[str, str], country: str, kind: Kind
    ) -> Iterator[Move]:
        """Let there be more of them than anybody knows: all totals above are hidden."""
        if kind[0] >= 0:
            return
        points = []
        for table in _tables_of(kind):
            columns = self.columns[table.name, country]
            column = chosen.get(table.name) or min(
                columns,
                key=lambda c, t=table.name: self._price(
                    Move(kind, (((t, country, c), 1),))
                ),
            )
            points.append(((table.name, country, column), 1))
        yield Move(kind, tuple(points))


def changed(place: Place, kind: Kind) -> list[Fact]:
    """Return the measures and grains of a place that a step of the kind changes."""
    start, end = kind
    measures = range(start + 1, end + 1)
    if is_dated(place):
        return [(place, COMPLETED)] if COMPLETED in measures else []
    grains = [GRAINS + grain for grain in (start, end) if 0 <= grain < 3]
    return [(place, number) for number in (*measures, *grains)]


def touched(move: Move) -> list[Fact]:
    """Return everything that the move changes, totals that do not cancel included."""
    by: Counter[Place] = Counter()
    for point, sign in move.points:
        for place in roll_up(point):
            by[place] += sign
    return [f for place, n in by.items() if n for f in changed(place, move.kind)]


def _tables_of(kind: Kind) -> list[Table]:
    """Return the tables in which a country's totals cannot move without a column."""
    return [
        table
        for table in TABLES
        if not table.dated or changed((table.name, ALL, ALL), kind)
    ]


def _least(rooms: list[tuple[int, int]]) -> tuple[int, int]:
    return min(along for along, _ in rooms), min(against for _, against in rooms)


def _outer_first(fact: Fact) -> tuple[int, Fact]:
    place = fact[0]
    return sum(part != ALL for part in place), fact


def _weight(fact: Fact) -> float:
    place = fact[0]
    if place == TOTAL:
        return WHOLE
    return EDGE if place[0] == ALL or place[1] == ALL else INNER
