"""The courses as one path: what a profession owes of each, what is done, what is next.

Nothing of it blocks: whoever begins with the last course may.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.cache import caches

from courses.addresses import LivePage, live_pages
from courses.awards import AwardLink
from courses.models.editions import Edition, EditionActivity, minutes_in
from lms.people.choices import Track

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Station:
    """A course of the path, the same for everybody; modules and minutes by track."""

    course: UUID
    code: str
    page: LivePage
    modules: dict[str, int]
    minutes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Taking:
    """What one learner has of a course: an enrolment, how far it is, what it earned."""

    enrolment: UUID
    completed_at: datetime | None = None
    award: AwardLink | None = None
    words: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A course of the path as it stands for one reader; `modules` are required."""

    station: Station
    modules: int | None  # None: of which profession, nobody said
    minutes: int
    taking: Taking | None
    is_next: bool

    @property
    def is_done(self) -> bool:
        return bool(self.taking and self.taking.completed_at)


@dataclass(frozen=True, slots=True)
class Programme:
    """The path, and how much of it is done."""

    steps: list[Step] = field(default_factory=list)
    track: str = ""

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_begun(self) -> bool:
        """Whether its reader has taken any course: of nobody else is it known."""
        return any(step.taking for step in self.steps)

    @property
    def first(self) -> Step | None:
        """The course to begin with: the first that asks something of the track."""
        asking = (step for step in self.steps if step.modules != 0)
        return next(asking, next(iter(self.steps), None))

    @property
    def track_name(self) -> str:
        return str(Track(self.track).label) if self.track else ""


def programme_for(
    track: str, *, language: str, takings: dict[UUID, Taking]
) -> Programme:
    """Return the path of a track with what one learner has of it."""
    stations = stations_in(language)
    following = next(
        (one.course for one in stations if not _is_done(takings.get(one.course))), None
    )
    steps = [
        Step(
            station=one,
            modules=one.modules.get(track, 0) if track else None,
            minutes=minutes_in(one.minutes, track),
            taking=takings.get(one.course),
            is_next=one.course == following,
        )
        for one in stations
    ]
    return Programme(steps, track)


def stations_in(language: str) -> list[Station]:
    """Return the open courses in the order of their codes; kept for some seconds."""
    return caches["pages"].get_or_set(
        f"programme:{language}", lambda: _stations(language), SECONDS
    )


def _stations(language: str) -> list[Station]:
    editions = list(Edition.objects.current().select_related("course"))
    pages = live_pages([one.course_id for one in editions], language=language)
    modules = _modules_of(editions)
    stations = [
        Station(
            course=one.course_id,
            code=one.course.code,
            page=pages[one.course_id],
            modules={track: len(modules.get((one.pk, track), ())) for track in Track},
            minutes=one.minutes,
        )
        for one in editions
        if one.course_id in pages
    ]
    return sorted(stations, key=lambda one: _in_order(one.code))


def _modules_of(editions: Iterable[Edition]) -> dict[tuple[int, str], set[UUID]]:
    """Return edition and track → the modules of which it requires something."""
    found: dict[tuple[int, str], set[UUID]] = {}
    rows = EditionActivity.objects.filter(edition__in=editions, module__isnull=False)
    for edition, module, tracks in rows.values_list(
        "edition", "module", "required_for"
    ):
        for track in tracks:
            found.setdefault((edition, track), set()).add(module)
    return found


def _in_order(code: str) -> list[tuple[int, str]]:
    """Return what codes are sorted by: C2 stands before C10."""
    return [
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.split(r"(\d+)", code)
    ]


def _is_done(taking: Taking | None) -> bool:
    return bool(taking and taking.completed_at)
