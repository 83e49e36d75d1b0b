"""How can a population differ from another, and most of the figures be the same?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from certificates.figures.rules import (
    ALL,
    BY_NAME,
    COMPLETED,
    GRAINS,
    TABLES,
    Cube,
    Fact,
    Kind,
    Place,
    Table,
    is_dated,
    roll_up,
)

type Point = tuple[Place, int]  # where, and whether one more or one less
type Need = list[list[tuple[Point, ...]]]  # choices, and others if those have no room
type Price = Callable[[Iterable[Fact]], float]

ENDLESS = 10**9
# From nowhere first: what may come from anywhere has the most room.
KINDS: list[Kind] = [(a, b) for b in range(4) for a in range(-1, b)]
DATED: Kind = (-1, COMPLETED)


@dataclass(frozen=True, slots=True)
class Move:
    """One obligation more, or less, of a kind at each of these places."""

    kind: Kind
    points: tuple[Point, ...]


@cache
def changed(place: Place, kind: Kind) -> tuple[tuple[Fact, int], ...]:
    """Return the measures and grains that a step of the kind changes, and by what."""
    start, end = kind
    measures = range(start + 1, end + 1)
    if is_dated(place):
        return (((place, COMPLETED), 1),) if COMPLETED in measures else ()
    grains = [(start, -1), (end, 1)]
    return (
        *(((place, measure), 1) for measure in measures),
        *(((place, GRAINS + g), by) for g, by in grains if 0 <= g < GRAINS - 1),
    )


def changes(move: Move) -> dict[Fact, int]:
    """Return everything that a step changes, totals that do not cancel included."""
    by: Counter[Place] = Counter()
    for point, sign in move.points:
        for place in roll_up(point):
            by[place] += sign
    return {
        fact: number * sign
        for place, number in by.items()
        if number
        for fact, sign in changed(place, move.kind)
    }


class Population:
    """What there may be instead of what is: changed by moves, step by step."""

    def __init__(self, cube: Cube):
        self._counts = {place: list(counts) for place, counts in cube.counts.items()}
        self.shifts: Counter[Fact] = Counter()

    def room_at(self, point: Point, kind: Kind) -> int:
        """Return how many steps there are before a number is below nought."""
        place, sign = point
        start, end = DATED if is_dated(place) else kind
        if sign < 0:
            return self._counts[place][end]
        return ENDLESS if start < 0 else self._counts[place][start]

    def room(self, move: Move) -> int:
        return min(self.room_at(point, move.kind) for point in move.points)

    def go(self, move: Move, steps: int) -> None:
        for place, sign in move.points:
            start, end = DATED if is_dated(place) else move.kind
            if start >= 0:
                self._counts[place][start] -= sign * steps
            self._counts[place][end] += sign * steps
        for fact, by in changes(move).items():
            self.shifts[fact] += by * steps


class Moves:
    """Finds the moves that change a figure: within, between countries, or open."""

    def __init__(self, cube: Cube):
        self._countries = cube.countries()
        self._columns = {
            (table.name, country): cube.columns(table.name, country)
            for table in TABLES
            for country in self._countries
        }

    def of(
        self, fact: Fact, sign: int, population: Population, tier: int, price: Price
    ) -> Iterator[Move]:
        """Yield moves that raise the figure by one (`sign` -1: lower it)."""
        place = fact[0]
        table, country, column = place
        chosen = {} if table == ALL else {table: column}
        around = self._countries if country == ALL else [country]
        for kind, by in _kinds(fact):
            way = sign * by
            if tier == 0 and table != ALL:
                yield from self._within(place, kind, way, population)
            elif tier == 1 and country != ALL:
                yield from self._between(chosen, country, kind, way, population, price)
            elif tier == 2:
                for here in around:
                    yield from self._open(chosen, here, kind, way, population, price)

    def _within(
        self, place: Place, kind: Kind, way: int, population: Population
    ) -> Iterator[Move]:
        """Exchange between two columns; back in another country if that is needed."""
        table, country, column = place
        for here in self._countries if country == ALL else [country]:
            this = ((table, here, column), way)
            if not population.room_at(this, kind):
                continue
            for other in self._columns[table, here]:
                that = ((table, here, other), -way)
                if other == column or not population.room_at(that, kind):
                    continue
                if country == ALL or not BY_NAME[table].across:
                    yield Move(kind, (this, that))
                    continue
                for there in self._countries:
                    if there != here:
                        back = ((table, there, column), -way)
                        forth = ((table, there, other), way)
                        yield Move(kind, (this, that, back, forth))

    def _between(
        self,
        chosen: dict[str, str],
        country: str,
        kind: Kind,
        way: int,
        population: Population,
        price: Price,
    ) -> Iterator[Move]:
        """Exchange between two countries, in every table at once."""
        for other in self._countries:
            if other == country:
                continue
            needs = (
                need
                for table in _tables_of(kind)
                for need in self._exchanges(
                    table.name, country, other, chosen.get(table.name), way
                )
            )
            yield from _cheapest(needs, kind, population, price)

    def _exchanges(
        self, table: str, country: str, other: str, chosen: str | None, way: int
    ) -> list[Need]:
        """Return where one country gains in a table and the other one loses.

        In the same column if there is room, else the columns of the region move too.
        """
        here = [chosen] if chosen else self._columns[table, country]
        gains = {column: ((table, country, column), way) for column in here}
        losses = {
            column: ((table, other, column), -way)
            for column in self._columns[table, other]
        }
        if not BY_NAME[table].across:
            return [[[(point,) for point in side.values()]] for side in (gains, losses)]
        alike = [(gains[column], losses[column]) for column in here]
        return [
            [
                alike,
                [(gain, loss) for gain in gains.values() for loss in losses.values()],
            ]
        ]

    def _open(
        self,
        chosen: dict[str, str],
        country: str,
        kind: Kind,
        way: int,
        population: Population,
        price: Price,
    ) -> Iterator[Move]:
        """Let there be more or fewer, or more of them further: totals are hidden."""
        needs: Iterator[Need] = (
            [
                [
                    (((table.name, country, column), way),)
                    for column in self._columns[table.name, country]
                    if chosen.get(table.name, column) == column
                ]
            ]
            for table in _tables_of(kind)
        )
        yield from _cheapest(needs, kind, population, price)


@cache
def _kinds(fact: Fact) -> list[tuple[Kind, int]]:
    """Return the kinds of moves that change a figure, and which way."""
    kinds = [DATED] if is_dated(fact[0]) else KINDS
    found = ((kind, dict(changed(fact[0], kind)).get(fact, 0)) for kind in kinds)
    return [(kind, by) for kind, by in found if by]


@cache
def _tables_of(kind: Kind) -> list[Table]:
    """Return the tables in which a country's totals cannot move without a column."""
    return [
        table
        for table in TABLES
        if not table.dated or changed((table.name, ALL, ALL), kind)
    ]


def _cheapest(
    needs: Iterable[Need], kind: Kind, population: Population, price: Price
) -> Iterator[Move]:
    """Yield the move that meets each need by the choice that hides the least."""
    taken: list[Point] = []
    for need in needs:
        for choices in need:
            there_is_room = [
                points
                for points in choices
                if all(population.room_at(point, kind) for point in points)
            ]
            if there_is_room:
                break
        else:
            return
        taken += min(there_is_room, key=lambda p: price(changes(Move(kind, p))))
    yield Move(kind, tuple(taken))
