"""How can a population differ from another, and most of the figures be the same?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product
from math import inf

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
    grains_in,
    is_dated,
    roll_up,
)

# Where, whether one more or one less, and of which kind.
type Point = tuple[Place, int, Kind]
type Need = list[list[tuple[Point, ...]]]  # choices, and others if those have no room

ENDLESS = 10**9
# The tiers of moves. Those that are found fast, and leave bands alone, come first.
TIERS = range(4)
WITHIN, AS_MANY_AS_THERE_ARE, BETWEEN, CARRIED = TIERS
# From nowhere first: what may come from anywhere has the most room.
KINDS: list[Kind] = [(a, b) for b in range(4) for a in range(-1, b)]
DATED: Kind = (-1, COMPLETED)


@dataclass(frozen=True, slots=True)
class Move:
    """One obligation more, or less, at each of these places."""

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


@lru_cache(maxsize=100_000)
def changes(move: Move) -> Mapping[Fact, int]:
    """Return everything that a step changes, totals that do not cancel included."""
    at: Counter[tuple[Place, Kind]] = Counter()
    for point, sign, kind in move.points:
        for place in roll_up(point):
            at[place, kind] += sign
    by: Counter[Fact] = Counter()
    for (place, kind), number in at.items():
        if number:
            for fact, sign in changed(place, kind):
                by[fact] += number * sign
    return {fact: number for fact, number in by.items() if number}


class Population:
    """What there may be instead of what is: changed by moves, step by step."""

    def __init__(self, cube: Cube):
        self._counts = {place: list(counts) for place, counts in cube.counts.items()}
        self.shifts: Counter[Fact] = Counter()

    def room_at(self, point: Point) -> int:
        """Return how many steps there are before a number is below nought."""
        place, sign, kind = point
        start, end = DATED if is_dated(place) else kind
        if sign < 0:
            return self._counts[place][end]
        return ENDLESS if start < 0 else self._counts[place][start]

    def room(self, move: Move) -> int:
        return min(map(self.room_at, move.points))

    def go(self, move: Move, steps: int) -> None:
        for place, sign, kind in move.points:
            start, end = DATED if is_dated(place) else kind
            if start >= 0:
                self._counts[place][start] -= sign * steps
            self._counts[place][end] += sign * steps
        for fact, by in changes(move).items():
            self.shifts[fact] += by * steps


type Price = Callable[[Mapping[Fact, int], Population], float]


class Moves:
    """Finds the moves that change a figure."""

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
        if tier == CARRIED:
            if not is_dated(place):
                yield from self._carried(fact, sign, population, price)
            yield from self._from_afar(fact, sign, population, price)
        for kind, by in _kinds(fact):
            way = sign * by
            if tier == WITHIN and table != ALL:
                yield from self._within(place, kind, way, population)
            elif tier == BETWEEN and country != ALL:
                kinds = kind, kind
                yield from self._between(chosen, country, kinds, way, population, price)
            elif tier == AS_MANY_AS_THERE_ARE:
                for here in around:
                    yield from self._open(chosen, here, kind, way, population, price)

    def _within(
        self, place: Place, kind: Kind, way: int, population: Population
    ) -> Iterator[Move]:
        """Exchange between two columns; back in another country if that is needed."""
        table, country, column = place
        for here in self._countries if country == ALL else [country]:
            this = ((table, here, column), way, kind)
            if not population.room_at(this):
                continue
            for other in self._columns[table, here]:
                that = ((table, here, other), -way, kind)
                if other == column or not population.room_at(that):
                    continue
                yield Move((this, that))
                if country == ALL or not BY_NAME[table].across:
                    continue
                for there in self._countries:
                    if there != here:
                        back = ((table, there, column), -way, kind)
                        forth = ((table, there, other), way, kind)
                        yield Move((this, that, back, forth))

    def _carried(
        self, fact: Fact, way: int, population: Population, price: Price
    ) -> Iterator[Move]:
        """Exchange between two columns, and on to another grain on the way.

        In the other tables somebody moves on as well, or back.
        """
        (table, country, column), _ = fact
        for here in self._countries if country == ALL else [country]:
            for other in self._columns.get((table, here), ()):
                for end, start in product(grains_in(fact), range(GRAINS)):
                    if other == column or end == start:
                        continue
                    this = ((table, here, column), way, (-1, end))
                    that = ((table, here, other), -way, (-1, start))
                    if population.room_at(this) and population.room_at(that):
                        kind = min(start, end), max(start, end)
                        on = way if start < end else -way
                        needs = self._columns_of(here, kind, on, but=table)
                        yield from _cheapest(
                            [[[(this, that)]], *needs], population, price
                        )

    def _from_afar(
        self, fact: Fact, way: int, population: Population, price: Price
    ) -> Iterator[Move]:
        """Exchange between two countries, and on to another grain on the way."""
        (table, country, column), _ = fact
        chosen = {} if table == ALL else {table: column}
        if country == ALL:
            return
        for end, start in product(grains_in(fact), range(GRAINS)):
            kinds = (-1, end), (-1, start)
            yield from self._between(chosen, country, kinds, way, population, price)

    def _between(
        self,
        chosen: dict[str, str],
        country: str,
        kinds: tuple[Kind, Kind],
        way: int,
        population: Population,
        price: Price,
    ) -> Iterator[Move]:
        """Exchange between two countries, in every table at once."""
        for other in self._countries:
            if other == country:
                continue
            needs = [
                self._exchange(
                    table, country, other, chosen.get(table.name), way, kinds
                )
                for table in TABLES
            ]
            yield from _cheapest(chain(*needs), population, price)

    def _exchange(
        self,
        table: Table,
        country: str,
        other: str,
        chosen: str | None,
        way: int,
        kinds: tuple[Kind, Kind],
    ) -> list[Need]:
        """Return where one country gains in a table and the other one loses.

        In the same column if there is room, else the columns of the region move too.
        """
        gained, lost = kinds
        gains = self._choices(table, country, gained, way, chosen)
        losses = self._choices(table, other, lost, -way)
        if not table.across or not gains or not losses:
            return [
                [[(point,) for point in side.values()]]
                for side in (gains, losses)
                if side
            ]
        alike = [
            (gain, losses[column]) for column, gain in gains.items() if column in losses
        ]
        return [[alike, [*product(gains.values(), losses.values())]]]

    def _choices(
        self,
        table: Table,
        country: str,
        kind: Kind,
        way: int,
        chosen: str | None = None,
    ) -> dict[str, Point]:
        """Return in which columns of a table a country's change shows, if it does."""
        if table not in _tables_of(kind):
            return {}
        columns = [chosen] if chosen else self._columns[table.name, country]
        return {
            column: ((table.name, country, column), way, kind) for column in columns
        }

    def _open(
        self,
        chosen: dict[str, str],
        country: str,
        kind: Kind,
        way: int,
        population: Population,
        price: Price,
    ) -> Iterator[Move]:
        """Let there be more or fewer, or more of them further: totals change too."""
        needs = self._columns_of(country, kind, way, chosen=chosen)
        yield from _cheapest(needs, population, price)

    def _columns_of(
        self,
        country: str,
        kind: Kind,
        way: int,
        *,
        chosen: Mapping[str, str] | None = None,
        but: str = "",
    ) -> Iterator[Need]:
        """Yield of each table in which columns the country's change may show."""
        for table in TABLES:
            if table.name != but:
                only = (chosen or {}).get(table.name)
                points = self._choices(table, country, kind, way, only)
                if points:
                    yield [[(point,) for point in points.values()]]


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
    needs: Iterable[Need], population: Population, price: Price
) -> Iterator[Move]:
    """Yield the move that meets each need by the choice that hides the least."""
    taken: list[Point] = []
    for need in needs:
        found = (_cheapest_of(choices, population, price) for choices in need)
        points = next(filter(None, found), None)
        if points is None:
            return
        taken += points
    yield Move(tuple(taken))


def _cheapest_of(
    choices: Iterable[tuple[Point, ...]], population: Population, price: Price
) -> tuple[Point, ...] | None:
    """Return the choice that hides the least among those with room, if there are any.

    The first that hides nothing will do: thousands of prices need not be asked.
    """
    best, lowest = None, inf
    for points in choices:
        if all(map(population.room_at, points)):
            cost = price(changes(Move(points)), population)
            if cost < lowest:
                best, lowest = points, cost
            if not cost:
                break
    return best
