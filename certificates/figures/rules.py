"""What is counted in the cube of the region, and which figures are too small to show?

The cube is fixed: one table a question, all about the same obligations, with shared
totals. A *place* is a row and column of a table; "" stands for all of them. At every
place obligations are parted into four *grains*: not completed; completed, without a
certificate that stands; one that stands for long; one that runs out soon. What is shown
are the four *measures*, each part of the one before: obliged, completed, valid,
expiring. Subtracting two neighbours gives a grain, so grains can be too small as well.
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

    In a dated table all stand as the grain that is just completed.
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


def is_shown(fact: Fact) -> bool:
    """Say whether it is a figure of a release; grains are only reckoned from them."""
    return fact[1] < GRAINS


def figures(cube: Cube) -> dict[Fact, int]:
    """Return every measure of every place, as if nothing had to be hidden."""
    found: dict[Fact, int] = {}
    for part, counts in cube.counts.items():
        for place in roll_up(part):
            for fact in filter(is_shown, facts_at(place)):
                more = sum(counts[grain] for grain in grains_in(fact))
                found[fact] = found.get(fact, 0) + more
    return found


def too_small(people: Mapping[Fact, int], threshold: int) -> set[Fact]:
    """Return what is about somebody, and about fewer people than the threshold.

    Whatever is told of a part of so few is told of each of them, a nought too: of three
    people none of whom completed, everybody would know that. Other noughts are about
    nobody: most of those of a table say only that a course was not given. Where one
    would give a neighbour away, hiding takes care of it.
    """
    few = {fact for fact, number in people.items() if 0 < number < threshold}
    parts = {part for fact in few for part in parts_of(fact)}
    return {part for part in parts if not is_told_of_many(part, people, threshold)}


def is_told_of_many(fact: Fact, people: Mapping[Fact, int], threshold: int) -> bool:
    """Say whether it is the nought of a wider place, where those of this one are few.

    That nobody of a country of forty completed is told of the forty.
    """
    (table, country, column), number = fact
    wider = [(table, ALL, column), (ALL, country, ALL), TOTAL]
    return not people.get(fact) and any(
        people.get((one, OBLIGED), 0) >= threshold and not people.get((one, number))
        for one in wider
    )


def parts_of(fact: Fact) -> Iterator[Fact]:
    """Yield the measure or grain, and those of its place that are parts of it."""
    whole = set(grains_in(fact))
    return (other for other in facts_at(fact[0]) if whole.issuperset(grains_in(other)))


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
    """Return the months up to that of the day, the earliest first: "2026-11"."""
    last = day.year * 12 + day.month - 1
    return [f"{m // 12}-{m % 12 + 1:02}" for m in range(last - number + 1, last + 1)]


def is_stale(as_of: datetime, *, at: datetime) -> bool:
    """Say whether the newest release is older than a weekly one should be."""
    return at - as_of > timedelta(days=STALE_DAYS)


def percent(part: int | None, whole: int | None) -> int | None:
    """Return the share, rounded; None where either is hidden or there is nothing."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)


def quarter_of(day: date) -> str:
    """Return how the quarter is named: "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
