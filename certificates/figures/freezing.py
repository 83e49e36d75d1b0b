"""How are the figures of a release written down, and read again?

Of a figure the edge is kept where its band begins, as wide as the threshold of the
release. Null is a figure of which nothing is told, or one with a wider band, which
stands under "wide". Releases from before there were bands hold exact figures: they are
read as the bands in which those lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates.figures.hiding import Bands, loosened
from certificates.figures.rules import (
    ALL,
    COMPLETED,
    TOTAL,
    Band,
    Cube,
    Fact,
    Place,
    band_from,
    facts_at,
    figures,
    first_band,
    is_told,
    months_before,
)
from certificates.models import Release
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT

MONTHS = 12  # of which a release tells

WIDE = "wide"  # beside the tables: the bands that are wider than the others

type Frozen = dict[str, dict[str, dict[str, list[Any]]] | Frozen]


def frozen(
    cube: Cube,
    people: Mapping[Fact, int],
    *,
    kept: Bands | None = None,
    kept_public: Bands | None = None,
    check: bool = True,
) -> tuple[Frozen, Frozen]:
    """Return what the secretariat is told, and what everybody is told.

    Of what the second are told the first know at least as much: whoever has both knows
    no more than the secretariat does. What was `kept` of an earlier release is told
    again as it was. Without `check` bands stand alone, and totals may give small parts
    away.
    """
    drawing = _Drawing(cube, people, check)
    exact: Bands = {fact: Band(n, n) for fact, n in drawing.values.items()}
    inner = drawing.bands(exact, kept or {}, width=TO_SECRETARIAT)
    public = drawing.bands(inner, kept_public or {}, width=TO_EVERYBODY)
    return _written(inner, TO_SECRETARIAT), _written(public, TO_EVERYBODY)


class _Drawing:
    """Draws what is told of a cube."""

    def __init__(self, cube: Cube, people: Mapping[Fact, int], check: bool):
        self._cube, self._people, self._check = cube, people, check
        self.values = figures(cube)

    def bands(self, inside: Bands, kept: Bands, *, width: int) -> Bands:
        """Return the bands of figures: each holds the one inside, or is hidden."""
        kept = {fact: band for fact, band in kept.items() if fact in self.values}
        first = {
            fact: held
            and first_band(value, self._people.get(fact, 0), held, width=width)
            for fact, value in self.values.items()
            for held in [inside[fact]]
        }
        if not self._check:
            return first | kept
        return loosened(first, self._cube, width=width, kept=kept)


def _written(bands: Bands, width: int) -> Frozen:
    found: Frozen = {}
    wide: Frozen = {}
    for place in sorted({place for place, _ in bands}):
        table, country, column = place
        told = [bands[fact] for fact in filter(is_told, facts_at(place))]
        usual = [b.least if b and b.size == width else None for b in told]
        found.setdefault(table, {}).setdefault(country, {})[column] = usual
        wider = [[b.least, b.most] if b and b.size > width else None for b in told]
        if any(wider):
            wide.setdefault(table, {}).setdefault(country, {})[column] = wider
    return found | ({WIDE: wide} if wide else {})


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one release, for the secretariat or for everybody."""

    told: Mapping[str, Any]
    width: int

    def at(self, place: Place) -> list[Band | None]:
        """Return the measures of a place, None for the hidden; [] if there is none."""
        edges = _found(self.told, place)
        wide = _found(self.told.get(WIDE, {}), place) or [None] * len(edges)
        usual = [None if e is None else band_from(e, self.width) for e in edges]
        return [
            Band(*wider) if wider else band
            for band, wider in zip(usual, wide, strict=True)
        ]

    def totals(self) -> list[Band | None]:
        return self.at(TOTAL)

    def countries(self) -> list[str]:
        return [country for country in self.told.get(ALL, {}) if country != ALL]

    def columns(self, table: str, country: str) -> list[str]:
        return list(self.told.get(table, {}).get(country, {}))

    def months_over(self, *, on: date) -> Bands:
        """Return what it tells of the months that were over on its own day.

        They are told again as they were: what is known of a month that is over must not
        grow with every week in which it is told.
        """
        over = set(months_before(on, MONTHS))
        return {
            (("months", country, column), COMPLETED): band
            for country in (ALL, *self.countries())
            for column in self.columns("months", country)
            if column in over
            for band in self.at(("months", country, column))
        }


def _found(told: Mapping[str, Any], place: Place) -> list[Any]:
    table, country, column = place
    return told.get(table, {}).get(country, {}).get(column, [])


def told_in(release: Release, *, public: bool) -> Figures:
    """Return what a release tells everybody, or the secretariat."""
    if public:
        return Figures(release.public_figures, release.public_threshold)
    return Figures(release.figures, release.threshold)
