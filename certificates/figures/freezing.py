"""How are the figures of a release written down, and read again?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.figures.hiding import hide
from certificates.figures.rules import (
    ALL,
    TOTAL,
    Cube,
    Fact,
    Place,
    facts_at,
    figures,
    is_shown,
    too_small,
)
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT

type Frozen = dict[str, dict[str, dict[str, list[int | None]]]]


def frozen(cube: Cube, people: Mapping[Fact, int]) -> tuple[Frozen, Frozen]:
    """Return what the secretariat is shown, and what everybody is shown.

    What the first hides the second hides as well: whoever has both knows no more than
    the secretariat does.
    """
    hidden = hide(cube, too_small(people, TO_SECRETARIAT), threshold=TO_SECRETARIAT)
    small = too_small(people, TO_EVERYBODY) | hidden
    public = hide(cube, small, threshold=TO_EVERYBODY)
    return _written(cube, hidden), _written(cube, public)


def _written(cube: Cube, hidden: Collection[Fact]) -> Frozen:
    values = figures(cube)
    found: Frozen = {}
    for place in sorted({place for place, _ in values}):
        table, country, column = place
        facts = filter(is_shown, facts_at(place))
        told = [None if fact in hidden else values[fact] for fact in facts]
        found.setdefault(table, {}).setdefault(country, {})[column] = told
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one release, for the secretariat or for everybody."""

    told: Mapping[str, Any]

    def at(self, place: Place) -> list[int | None]:
        """Return the measures of a place, None for the hidden; [] if there is none.

        Behind a hidden one a nought is hidden too: former releases hide how
        few people there are, and tell that none of them completed.
        """
        table, country, column = place
        told = self.told.get(table, {}).get(country, {}).get(column, [])
        first = told.index(None) if None in told else len(told)
        return told[:first] + [number or None for number in told[first:]]

    def totals(self) -> list[int | None]:
        return self.at(TOTAL)

    def countries(self) -> list[str]:
        return [country for country in self.told.get(ALL, {}) if country != ALL]

    def columns(self, table: str, country: str) -> list[str]:
        return list(self.told.get(table, {}).get(country, {}))
