"""How are the figures of a release written down, and read again?

Of a figure the edge is kept where its band begins, as wide as the threshold of the
release; null where nothing is told. Releases from before there were bands hold exact
figures: they are read as the bands in which those lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates.figures.hiding import hide
from certificates.figures.rules import (
    ALL,
    COMPLETED,
    TOTAL,
    Band,
    Cube,
    Fact,
    Place,
    about_few,
    band_from,
    edge_of,
    facts_at,
    figures,
    is_told,
    months_before,
)
from certificates.models import Release
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT

MONTHS = 12  # of which a release tells

type Frozen = dict[str, dict[str, dict[str, list[int | None]]]]
type Kept = dict[Fact, int | None]  # the edge of a figure that an earlier release told


def frozen(
    cube: Cube,
    people: Mapping[Fact, int],
    *,
    kept: Kept | None = None,
    kept_public: Kept | None = None,
    check: bool = True,
) -> tuple[Frozen, Frozen]:
    """Return what the secretariat is told, and what everybody is told.

    What the first hides the second hides as well: whoever has both knows no more than
    the secretariat does. What was `kept` of an earlier release is told again as it was.
    Without `check` bands stand alone, and totals may give small parts away.
    """
    drawing = _Drawing(cube, people, check)
    hidden, inner = drawing.told(set(), kept or {}, width=TO_SECRETARIAT)
    _, public = drawing.told(hidden, kept_public or {}, width=TO_EVERYBODY)
    return inner, public


class _Drawing:
    """Draws what is told of a cube."""

    def __init__(self, cube: Cube, people: Mapping[Fact, int], check: bool):
        self._cube, self._people, self._check = cube, people, check
        self._values = figures(cube)

    def told(
        self, hidden: set[Fact], kept: Kept, *, width: int
    ) -> tuple[set[Fact], Frozen]:
        """Return what is hidden, at least what was, and what is told."""
        kept = {fact: edge for fact, edge in kept.items() if fact in self._values}
        few = about_few(self._values, self._people, width)
        hidden = hide(
            self._cube, hidden | few, width=width, kept=kept, check=self._check
        )
        edges = {
            fact: None if fact in hidden else edge_of(value, width)
            for fact, value in self._values.items()
        }
        return hidden, _written(edges | kept)


def _written(edges: Mapping[Fact, int | None]) -> Frozen:
    found: Frozen = {}
    for place in sorted({place for place, _ in edges}):
        table, country, column = place
        told = [edges[fact] for fact in filter(is_told, facts_at(place))]
        found.setdefault(table, {}).setdefault(country, {})[column] = told
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one release, for the secretariat or for everybody."""

    told: Mapping[str, Any]
    width: int

    def at(self, place: Place) -> list[Band | None]:
        """Return the measures of a place, None for the hidden; [] if there is none."""
        table, country, column = place
        edges = self.told.get(table, {}).get(country, {}).get(column, [])
        return [None if e is None else band_from(e, self.width) for e in edges]

    def totals(self) -> list[Band | None]:
        return self.at(TOTAL)

    def countries(self) -> list[str]:
        return [country for country in self.told.get(ALL, {}) if country != ALL]

    def columns(self, table: str, country: str) -> list[str]:
        return list(self.told.get(table, {}).get(country, {}))

    def months_over(self, *, on: date) -> Kept:
        """Return what it tells of the months that were over on its own day.

        They are told again as they were: what is known of a month that is over must not
        grow with every week in which it is told.
        """
        over = set(months_before(on, MONTHS))
        return {
            (("months", country, column), COMPLETED): band and band.least
            for country in (ALL, *self.countries())
            for column in self.columns("months", country)
            if column in over
            for band in self.at(("months", country, column))
        }


def told_in(release: Release, *, public: bool) -> Figures:
    """Return what a release tells everybody, or the secretariat."""
    if public:
        return Figures(release.public_figures, release.public_threshold)
    return Figures(release.figures, release.threshold)
