"""Does an attacker narrow what a year of releases does not tell?

Regions are invented, small ones too, in which every week a few people come, leave,
complete or lose a certificate. Each week is released as it would be; what the attacker
then proves (`certificates.suppression_attacker`) is counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from certificates.figures.counting import UNKNOWN, Counted, Tally, every_column
from certificates.figures.freezing import MONTHS, WIDE, Figures, Frozen, frozen
from certificates.figures.hiding import Bands
from certificates.figures.rules import (
    COMPLETED,
    EXPIRING,
    GRAINS,
    OPEN,
    TABLES,
    VALID,
    Cube,
    facts_at,
    figures,
    is_told,
    months_before,
    week_of,
)
from certificates.suppression_attacker import (
    Attacker,
    Ranges,
    Told,
    groups_of,
    of_months,
)
from lms.drills import Finding
from lms.thresholds import TO_EVERYBODY, TO_SECRETARIAT

BEGAN = date(2026, 1, 5)
WEEKS = 52
TOGETHER = 6  # weeks that are laid side by side in one system
LONG_AGO = timedelta(days=500)
# How likely somebody moves on in a week, from each grain; to leave counts as well.
MOVES_ON = {0: 0.04, COMPLETED: 0.02, VALID: 0.02, EXPIRING: 0.05}
LEAVES, COMES = 0.01, 3


@dataclass(slots=True)
class Obligation:
    """Of one person, with the column of every table but that of months."""

    person: int
    country: str
    columns: dict[str, str]
    grain: int
    completed_on: date | None


class Region:
    """Some countries large, some tiny, some courses hardly given; and its weeks."""

    def __init__(self, dice: Random):
        self._dice, self._people = dice, 0
        self._countries = [f"C{n}" for n in range(dice.randint(2, 5))]
        self._shared = {
            "courses": [f"k{n}" for n in range(dice.randint(1, 4))],
            "professions": [f"p{n}" for n in range(dice.randint(2, 4))],
        }
        self._institutions = {
            country: [UNKNOWN, *(f"{country}i{n}" for n in range(dice.randint(1, 3)))]
            for country in self._countries
        }
        self._obligations = [
            one
            for country in self._countries
            for one in self._some(country, dice.choice([0, 2, 6, 15, 40, 120]), BEGAN)
        ]

    def counted(self, *, on: date) -> Tally:
        """Return what stands that day."""
        months = [OPEN, *months_before(on, MONTHS)]
        tally = Tally(
            every_column(
                self._countries, {**self._shared, "months": months}, self._institutions
            ),
            few=TO_EVERYBODY,
        )
        for one in self._obligations:
            month = f"{one.completed_on:%Y-%m}" if one.completed_on else OPEN
            columns = {**one.columns, "months": month if month in months else OPEN}
            names = tuple(columns[table.name] for table in TABLES)
            tally.add(Counted(one.person, one.country, names, one.grain))
        return tally

    def live_a_week(self, *, until: date) -> None:
        """Let some come and leave, some complete, some certificates end."""
        dice = self._dice
        for one in self._obligations:
            if dice.random() < MOVES_ON[one.grain]:
                self._move_on(one, on=until - timedelta(days=dice.randrange(7)))
        self._obligations = [
            one for one in self._obligations if one.grain or dice.random() > LEAVES
        ]
        country = dice.choice(self._countries)
        self._obligations += self._some(country, dice.randrange(COMES), until)

    def _move_on(self, one: Obligation, *, on: date) -> None:
        """Complete, be given a certificate, see it run out soon, and then lost."""
        one.completed_on = one.completed_on or on
        one.grain = {0: VALID, COMPLETED: VALID, VALID: EXPIRING}.get(
            one.grain, COMPLETED
        )

    def _some(self, country: str, many: int, on: date) -> Iterator[Obligation]:
        dice = self._dice
        first, kinds = self._people, max(2, many // dice.choice([1, 2]))
        self._people += kinds
        for _ in range(many):
            grain = dice.choices(range(GRAINS), [5, 2, 6, dice.choice([0, 1, 4])])[0]
            names = self._shared | {"institutions": self._institutions[country]}
            yield Obligation(
                first + dice.randrange(kinds),
                country,
                {name: _skewed(dice, columns) for name, columns in names.items()},
                grain,
                on - LONG_AGO * dice.random() if grain else None,
            )


def _skewed(dice: Random, names: list[str]) -> str:
    return names[min(int(dice.expovariate(1.0)), len(names) - 1)]


@dataclass(frozen=True, slots=True)
class Releases:
    """What was told week by week, by the threshold of whom it was told to."""

    by_width: dict[int, list[Told]]
    shown_again: int  # figures hidden from the secretariat and told to all

    @classmethod
    def of(cls, region: Region, *, weeks: int, check: bool) -> "Releases":
        """Let the region live so many weeks, and release each."""
        by_width: dict[int, list[Told]] = {TO_SECRETARIAT: [], TO_EVERYBODY: []}
        kept: dict[int, Bands] = {width: {} for width in by_width}
        shown_again, day = 0, BEGAN
        for _ in range(weeks):
            counted = region.counted(on=day)
            cube = counted.cube()
            told = frozen(
                cube,
                counted.people(),
                kept=kept[TO_SECRETARIAT],
                kept_public=kept[TO_EVERYBODY],
                check=check,
            )
            for (width, releases), one in zip(by_width.items(), told, strict=True):
                kept[width] = Figures(one, width).months_over(on=day)
                releases.append(_as_read(one, cube, width=width, week=week_of(day)))
            inner, public = (releases[-1].bands for releases in by_width.values())
            shown_again += len(public.keys() - inner.keys())
            day += timedelta(days=7)
            region.live_a_week(until=day)
        return cls(by_width, shown_again)


def _as_read(frozen: Frozen, cube: Cube, *, width: int, week: str) -> Told:
    """Read a release as anybody can."""
    read = Figures(frozen, width)
    bands = {
        fact: band
        for table, countries in frozen.items()
        if table != WIDE
        for country, columns in countries.items()
        for column in columns
        for fact, band in zip(
            filter(is_told, facts_at((table, country, column))),
            read.at((table, country, column)),
            strict=True,
        )
        if band
    }
    return Told(week, cube, bands)


def suppression(
    rounds: int, *, weeks: int = WEEKS, together: int = TOGETHER, check: bool = True
) -> list[Finding]:
    """Attack a year of both releases of invented regions, week by week and together."""
    found: Counter[str] = Counter()
    for seed in range(rounds):
        region = Region(Random(seed))  # noqa: S311 - invents, keeps no secret
        releases = Releases.of(region, weeks=weeks, check=check)
        found["again"] += releases.shown_again
        for width, told in releases.by_width.items():
            found["told"] += sum(len(one.bands) for one in told)
            found["hidden"] += sum(_hidden(one) for one in told)
            found.update(_attacked(told, width=width))
            found.update(_attacked_together(told[-together:], width=width))
    return [
        Finding("figures told", found["told"]),
        Finding("figures hidden", found["hidden"]),
        *(
            Finding(f"{what} proven to be 1 to {width - 1}", found[what, width], 0)
            for width in (TO_SECRETARIAT, TO_EVERYBODY)
            for what in ("groups", "changes", "groups by weeks together")
        ),
        Finding("hidden from the secretariat and told to all", found["again"], 0),
    ]


def _hidden(told: Told) -> int:
    return len(figures(told.cube).keys() - told.bands.keys())


def _attacked(told: list[Told], *, width: int) -> Counter:
    """Attack each week alone, then the differences of any two."""
    found: Counter = Counter()
    before: list[Ranges] = []
    for week in told:
        ranges = Attacker([week], width).narrowed(week, groups_of(week.cube))
        found["groups", width] += ranges.few()
        found["changes", width] += sum(one.changed_by_few(ranges) for one in before)
        before.append(ranges)
    return found


def _attacked_together(told: list[Told], *, width: int) -> Counter:
    """Attack what is told of months, which no week changes, by all weeks together."""
    last = told[-1]
    ranges = Attacker(told, width).narrowed(last, of_months(last.cube))
    return Counter({("groups by weeks together", width): ranges.few()})
