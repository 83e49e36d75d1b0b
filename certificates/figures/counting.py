"""How many obligations are at each place of the cube, and about how many people?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certificates.figures.rules import (
    BY_NAME,
    COMPLETED,
    GRAINS,
    TABLES,
    Counts,
    Cube,
    Fact,
    Place,
    facts_at,
    grains_in,
    roll_up,
)

UNKNOWN = "unknown"  # the column of those of whom a table does not know
NOWHERE = "ZZ"  # the country of those who told none


@dataclass(frozen=True, slots=True)
class Counted:
    """So many obligations of one person that are alike."""

    person: int
    country: str
    columns: tuple[str, ...]  # one a table
    grain: int
    times: int = 1

    def places(self) -> list[tuple[Place, int]]:
        """Return where they stand, with the grain as that table knows it."""
        return [
            (
                (table.name, self.country, column),
                COMPLETED if table.dated else self.grain,
            )
            for table, column in zip(TABLES, self.columns, strict=True)
            if self.grain or not table.dated
        ]


class Tally:
    """Counts obligations all, and people as far as it matters whether they are few."""

    def __init__(self, columns: Mapping[str, Mapping[str, Iterable[str]]], *, few: int):
        """`columns` are named by country and table; `few` is the highest threshold."""
        self._few = few
        self._counts: dict[Place, list[int]] = {
            (table, country, column): [0] * GRAINS
            for country, by_table in columns.items()
            for table, names in by_table.items()
            for column in names
        }
        self._people: dict[Fact, set[int]] = {}
        self._open: dict[tuple, list[set[int]]] = {}

    def add(self, line: Counted) -> None:
        for place, grain in line.places():
            counts = self._counts.setdefault(place, [0] * GRAINS)
            counts[grain] += line.times
        key = (line.country, line.columns, line.grain)
        if key not in self._open:
            self._open[key] = [self._people.setdefault(f, set()) for f in facts(line)]
        for people in self._open[key]:
            people.add(line.person)
        self._open[key] = [p for p in self._open[key] if len(p) < self._few]

    def cube(self) -> Cube:
        return Cube({place: _four(counts) for place, counts in self._counts.items()})

    def people(self) -> dict[Fact, int]:
        """Return of how many people each fact tells: exactly, if they are few."""
        return {fact: len(people) for fact, people in self._people.items()}


def facts(line: Counted) -> set[Fact]:
    """Return every fact in which the obligation is counted."""
    return {
        fact
        for part, grain in line.places()
        for place in roll_up(part)
        for fact in facts_at(place)
        if grain in grains_in(fact)
    }


def _four(counts: list[int]) -> Counts:
    first, second, third, fourth = counts
    return first, second, third, fourth


def every_column(
    countries: Iterable[str],
    shared: Mapping[str, Iterable[str]],
    institutions: Mapping[str, Iterable[str]],
) -> dict[str, dict[str, list[str]]]:
    """Return the columns of each table, country by country."""
    return {
        country: {
            **{name: [*columns] for name, columns in shared.items()},
            **{
                name: [UNKNOWN, *institutions.get(country, ())]
                for name, table in BY_NAME.items()
                if not table.across
            },
        }
        for country in countries
    }
