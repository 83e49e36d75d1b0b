"""How many people, how far, with how many valid certificates: a report's figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from certificates.lines.rules import State
from certificates.models import LinesDrawn, ReportLine
from certificates.models.report_lines import ReportLineQuerySet
from certificates.reports.filters import Asked
from certificates.reports.moments import in_standing, in_state
from certificates.reports.query import counted_of, day_of_standing, narrowed, told
from certificates.rules import Standing
from lms.people.models import User
from lms.thresholds import SOON

# What the figures are grouped by: the word in the address, and the column behind it.
GROUPS = {
    "country": "country",
    "institution": "institution",
    "track": "track",
    "cohort": "cohort",
    "course": "course__code",
    "edition": "edition",
    "language": "language",
    "state": "state",
    "standing": "standing",
}
MOST_GROUPS = 500  # shown and printed: beyond that, a file is the better reader
COUNTED = {
    "completed": State.COMPLETED,
    "in_progress": State.IN_PROGRESS,
    "late": State.LATE,
    "not_begun": State.NOT_BEGUN,
    "withdrawn": State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of some lines; each is a number of lines, but `people`."""

    lines: int = 0
    people: int = 0
    completed: int = 0
    in_progress: int = 0
    late: int = 0
    not_begun: int = 0
    withdrawn: int = 0
    valid: int = 0
    soon: int = 0  # valid, and not any more in 90 days

    @property
    def owed(self) -> int:
        """The denominator: what was not left."""
        return self.lines - self.withdrawn

    @property
    def completed_share(self) -> int:
        return percent(self.completed, self.owed)

    @property
    def valid_share(self) -> int:
        return percent(self.valid, self.owed)


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a report, and how many people they leave out and why.

    Who is left out is counted by place alone, whatever else is asked: two questions
    would tell how somebody fares whom the institution has not confirmed. Of shielded
    people nothing is said, not even how many there are.
    """

    figures: Figures
    unconfirmed: int
    erased: int


@dataclass(frozen=True, slots=True)
class Group:
    """The lines with these values in the chosen columns."""

    keys: tuple[Any, ...]
    figures: Figures
    other: Figures | None = None  # of the period that is set beside


def percent(part: int, whole: int) -> int:
    """Return the share in whole percent, rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def as_of() -> datetime | None:
    """Return the moment as of which lines hold; None before they were ever drawn."""
    return LinesDrawn.objects.values_list("as_of", flat=True).first()


def totals_of(viewer: User, asked: Asked, *, at: datetime) -> Totals:
    """Return the figures of what is asked; four queries."""
    seen = ReportLine.objects.counted_for(viewer, on=timezone.localdate(at))
    named = narrowed(seen, asked, at=at).named()
    counted = named.aggregate(**_counts(asked, at=at))
    # Databases count different people faster as rows than inside of an aggregate.
    people = named.order_by().values("person").distinct().count()
    apart = (
        narrowed(seen, asked.of_place(), at=at)
        .apart()
        .aggregate(
            unconfirmed=_people(Q(confirmed=False)),
            erased=_people(Q(confirmed=True, person__erased_at__isnull=False)),
        )
    )
    return Totals(figures=Figures(people=people, **counted), **apart)


def other_period(asked: Asked) -> Asked:
    """Return the same question about the period that is set beside."""
    return replace(
        asked,
        from_on=asked.other_from,
        until_on=asked.other_until,
        other_from=None,
        other_until=None,
    )


def groups_of(viewer: User, asked: Asked, *, at: datetime) -> list[Group]:
    """Return the figures by what is asked to group by, most lines first.

    Two queries, and two more where another period is set beside.
    """
    columns = tuple(GROUPS[word] for word in (asked.group, asked.then) if word)
    if not columns:
        return []
    found = _grouped(viewer, asked, columns, at=at)
    beside: Mapping[tuple, Figures] = {}
    if asked.other:
        beside = _grouped(viewer, other_period(asked), columns, at=at)
    return [
        Group(keys, figures, beside.get(keys, Figures()) if asked.other else None)
        for keys, figures in _all(found, beside).items()
    ][:MOST_GROUPS]


def _all(
    found: Mapping[tuple, Figures], beside: Mapping[tuple, Figures]
) -> dict[tuple, Figures]:
    """Return what is in either period; what is only in the other one has nothing."""
    return {**found, **{keys: Figures() for keys in beside if keys not in found}}


def _grouped(
    viewer: User, asked: Asked, columns: tuple[str, ...], *, at: datetime
) -> dict[tuple, Figures]:
    lines = told(counted_of(viewer, asked, at=at).named(), asked, at=at)
    people = Count("person", distinct=True)
    rows = _by(lines, columns).annotate(people=people, **_counts(asked, at=at))
    found = {}
    for row in rows.order_by("-lines", *columns):
        keys = tuple(row.pop(column) for column in columns)
        found[keys] = Figures(**row)
    return found


def _by(lines: ReportLineQuerySet, columns: tuple[str, ...]) -> Any:
    return lines.order_by().values(*columns)


def _people(which: Q) -> Count:
    return Count("person", filter=which, distinct=True)


def _counts(asked: Asked, *, at: datetime) -> dict[str, Count]:
    """Return what is counted, at that moment; certificates as of the day asked for."""
    on = day_of_standing(asked, at=at)
    soon = Q(valid_until__lte=on + SOON)
    valid = in_standing(Standing.VALID, on=on)
    return {
        "lines": Count("pk"),
        "valid": Count("pk", filter=valid),
        "soon": Count("pk", filter=valid & soon),
    } | {
        field: Count("pk", filter=in_state(state, at=at))
        for field, state in COUNTED.items()
    }
