"""Which tables does a release have, and which rows stand in each?"""

from collections.abc import Iterator
from dataclasses import dataclass

from certificates.figures.freezing import Figures
from certificates.figures.rules import ALL, BY_NAME, MEASURES, Band, Place

COUNTRIES = "countries"
NAMES = (COUNTRIES, *BY_NAME)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is released: where, and the measures, None for the hidden."""

    country: str
    column: str
    told: list[Band | None]


def measures_of(table: str) -> tuple[str, ...]:
    """Return the names of the measures that the rows of the table tell."""
    if table == COUNTRIES:
        return MEASURES
    return tuple(MEASURES[number] for number in BY_NAME[table].measures)


def lines(figures: Figures, table: str) -> Iterator[Line]:
    """Yield every row of a table: the region first, then each country by its code."""
    name = ALL if table == COUNTRIES else table
    countries = [ALL, *figures.countries()]
    for country in countries:
        for column in figures.columns(name, country):
            place: Place = (name, country, column)
            yield Line(country, column, figures.at(place))
