"""What is counted in the cube of the region, and how is it told: in bands.

The cube is fixed: one table a question, all about the same obligations, with shared
totals. A *place* is a row and column of a table; "" stands for all of them. At every
place obligations are parted into four *grains*: not completed; completed, without a
certificate that stands; one that stands for long; one that runs out soon. What is told
are the four *measures*, each part of the one before: obliged, completed, valid,
expiring. Subtracting two neighbours gives a grain, so grains can be too small as well.

No figure is told exactly. A *band* begins at a multiple of its width and says that the
figure is one of so many in a row: rounding of every cell by itself, so that the figure
of a week does not depend on that of another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.thresholds import SOON

STALE_DAYS = 8  # a weekly release that is older says so

MEASURES = ("obliged", "completed", "valid", "expiring")
OBLIGED, COMPLETED, VALID, EXPIRING = range(4)
GRAINS = 4  # facts 4, 5 and 6 are grains 0, 1 and 2; grain 3 is the last measure
ALL = ""
OPEN = "open"  # the column of all months that are not told: not over, or long ago
WIDEST = 4  # times its width is a band at most; else nothing is told

type Place = tuple[str, str, str]  # table, country, column
type Fact = tuple[Place, int]  # a measure of a place, or a grain
type Counts = tuple[int, int, int, int]  # of the four grains
type Kind = tuple[int, int]  # from which grain to which; -1 is nowhere

TOTAL: Place = (ALL, ALL, ALL)


@dataclass(frozen=True, slots=True)
class Table:
    """A question asked of every country: by course, by month…

    `across` when countries share its columns, so that the region has a row too.
    `dated` when only the completed are in it: then it has that measure alone.
    """

    name: str
    across: bool = True
    dated: bool = False

    @property
    def measures(self) -> tuple[int, ...]:
        return (COMPLETED,) if self.dated else (OBLIGED, COMPLETED, VALID, EXPIRING)


# The first one gives the totals; by each of the others the same are counted.
TABLES = (
    Table("courses"),
    Table("professions"),
    Table("institutions", across=False),
    Table("months", dated=True),
)
BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Cube:
    """How many obligations are at each place, by grain; places with none are named too.

    In a dated table all stand as the grain that is just completed; whatever was
    completed in none of its months is in its column `OPEN`, of which nothing is told.
    """

    counts: Mapping[Place, Counts]

    def countries(self) -> list[str]:
        return sorted({country for _, country, _ in self.counts})

    def columns(self, table: str, country: str) -> list[str]:
        return sorted(
            column for name, c, column in self.counts if (name, c) == (table, country)
        )


def roll_up(place: Place) -> Iterator[Place]:
    """Yield the place and every place of which it is part."""
    table, country, _ = place
    yield place
    if BY_NAME[table].across:
        yield (table, ALL, place[2])
    if table == TABLES[0].name:
        yield (ALL, country, ALL)
        yield TOTAL


def facts_at(place: Place) -> list[Fact]:
    """Return everything that could be told of a place: measures, then grains."""
    if is_dated(place):
        return [(place, COMPLETED)]
    return [(place, number) for number in range(GRAINS + 3)]


def is_dated(place: Place) -> bool:
    return place[0] != ALL and BY_NAME[place[0]].dated


def grains_in(fact: Fact) -> range:
    """Return the grains that a measure or a grain consists of."""
    number = fact[1]
    return range(number - GRAINS, number - 3) if number >= GRAINS else range(number, 4)


def is_told(fact: Fact) -> bool:
    """Say whether it is a figure of a release; grains are only reckoned from them."""
    return fact[1] < GRAINS and fact[0][2] != OPEN


def everything(cube: Cube) -> dict[Fact, int]:
    """Return every measure and grain of every place, exactly."""
    found: dict[Fact, int] = {}
    for part, counts in cube.counts.items():
        for place in roll_up(part):
            for fact in facts_at(place):
                more = sum(counts[grain] for grain in grains_in(fact))
                found[fact] = found.get(fact, 0) + more
    return found


def figures(cube: Cube) -> dict[Fact, int]:
    """Return every measure of every place that could be told, exactly."""
    return {fact: value for fact, value in everything(cube).items() if is_told(fact)}


@dataclass(frozen=True, slots=True)
class Band:
    """What is told of a figure: it lies between these two, both included."""

    least: int
    most: int

    def __contains__(self, figure: int) -> bool:
        return self.least <= figure <= self.most

    @property
    def size(self) -> int:
        return self.most - self.least + 1

    def change_from(self, before: "Band") -> "Band":
        """Return between which two the figure rose since then; below nought it fell."""
        return Band(self.least - before.most, self.most - before.least)

    def share_of(self, whole: "Band") -> "Band | None":
        """Return in percent what part it is; None where there may be nobody."""
        if not whole.least:
            return None
        most = -(-100 * self.most // whole.least)
        return Band(100 * self.least // whole.most, min(100, most))


def edge_of(value: int, width: int) -> int:
    """Return where the band of a figure begins."""
    return value // width * width


def band_from(edge: int, width: int) -> Band:
    """Return the band that begins there, or within which an exact figure lies."""
    least = edge_of(edge, width)
    return Band(least, least + width - 1)


def widened(band: Band, width: int) -> Band | None:
    """Return a band twice as wide around one; None where that is too wide to tell."""
    size = 2 * band.size
    return band_from(band.least, size) if size <= WIDEST * width else None


def first_band(value: int, people: int, inside: Band, *, width: int) -> Band | None:
    """Return the band in which a figure is told, as far as it is about itself.

    It holds the one that others are told: whoever has both knows no more. About fewer
    people than its width it begins at nought: four with three obligations each are
    twelve, and "ten or more" is not told of them.
    """
    band: Band | None = band_from(value, width)
    while band and (
        inside.least not in band
        or inside.most not in band
        or (band.least and people < width)
    ):
        band = widened(band, width)
    return band


def grain_of(
    *,
    completed_at: datetime | None,
    issued_at: datetime | None,
    valid_until: date | None,
    ended_at: datetime | None,
    at: datetime,
    on: date,
) -> int:
    """Return in which grain an obligation stands at that moment.

    `ended_at` is when its certificate was revoked, suspended or superseded, whichever
    was first.
    """
    if completed_at is None or completed_at > at:
        return 0
    if issued_at is None or issued_at > at or (ended_at is not None and ended_at <= at):
        return COMPLETED
    if valid_until is None:
        return VALID
    if valid_until < on:
        return COMPLETED
    return EXPIRING if valid_until <= on + SOON else VALID


def week_of(day: date) -> str:
    """Return the ISO week, as releases are named: "2026-W45"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def months_before(day: date, number: int) -> list[str]:
    """Return the months that were over that day, the earliest first: "2026-10"."""
    this = day.year * 12 + day.month - 1
    return [f"{m // 12}-{m % 12 + 1:02}" for m in range(this - number, this)]


def is_stale(as_of: datetime, *, at: datetime) -> bool:
    """Say whether the newest release is older than a weekly one should be."""
    return at - as_of > timedelta(days=STALE_DAYS)


def quarter_of(day: date) -> str:
    """Return how the quarter is named: "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
