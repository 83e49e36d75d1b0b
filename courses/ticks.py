"""What a reader has completed of a course, what is on their path, what comes next."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from courses import rules
from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.outline import Entry
from courses.syllabus import asked_of, known_before, syllabuses
from lms.people.scope import Viewer

FACTS = (
    "pk",
    "track",
    "full",
    "edition",
    "edition__run",
    "completed_at",
    "completions__activity",
    "completions__at",
)


@dataclass(frozen=True)
class Ticks:
    """A reader in a course; `enrolment` is None for who only reads.

    `asked` is what the enrolment asks, or what it would: of whom nobody knows the
    profession, nothing.
    """

    enrolment: UUID | None = None
    track: str = ""
    run: str = ""  # of the edition that they are enrolled in
    completed_at: datetime | None = None
    done: dict[UUID, datetime] = field(default_factory=dict)
    asked: tuple[EditionActivity, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.enrolment is not None and self.completed_at is None

    @property
    def knows_the_path(self) -> bool:
        return self.enrolment is not None or bool(self.asked)

    @cached_property
    def covered(self) -> set[UUID]:
        """The activities whose completion would be recorded."""
        return {row.activity_id for row in self.asked} if self.enrolment else set()

    def next_after(self, key: UUID | None, entries: list[Entry]) -> Entry | None:
        """Return what comes next in reading order, then what was passed over."""
        keys = [entry.key for entry in entries]
        place = keys.index(key) + 1 if key in keys else 0
        later, earlier = entries[place:], entries[:place]
        return next(
            (e for e in [*later, *earlier] if e.key != key and self._is_next(e)), None
        )

    def _is_next(self, entry: Entry) -> bool:
        if entry.kind == Activity.Kind.PRETEST and self.done:
            return False  # it measures what was known before
        return entry.key not in self.done and not self.aside(entry)

    def pretest_in(self, entries: list[Entry]) -> Entry | None:
        """Return the pre-test while it may still be taken: before anything is done."""
        if not self.is_open or self.done:
            return None
        tests = (entry for entry in entries if entry.kind == Activity.Kind.PRETEST)
        return next((entry for entry in tests if entry.key in self.covered), None)

    def aside(self, entry: Entry) -> str:
        """Return how much it is asked when it is not on the reader's path, else ""."""
        if not self.knows_the_path:
            return ""
        need = self.needs.get(entry.key, rules.Need.OPTIONAL)
        return "" if rules.is_on_the_way(need, kind=entry.kind) else need

    @cached_property
    def needs(self) -> dict[UUID, rules.Need]:
        """How much of their profession each activity is asked."""
        return {row.activity_id: row.need_of(self.track) for row in self.asked}

    def counted(self, entries: list[Entry]) -> list[EditionActivity]:
        """Return what progress is counted of: all that is required and not waived."""
        reached = {entry.key for entry in entries}
        done = set(self.done)
        return [
            row
            for row, asked in zip(
                self.asked, asked_of(self.asked, track=self.track), strict=True
            )
            if asked.required
            and rules.state_of(asked, done=done, live=reached) != rules.State.WAIVED
        ]


def place_of(key: UUID, entries: list[Entry], ticks: Ticks) -> tuple[int, int] | None:
    """Return which activity it is of how many that count; None when it does not.

    To who is asked nothing yet, all of them count.
    """
    keys = [row.activity_id for row in ticks.counted(entries)]
    if not ticks.knows_the_path:
        keys = [entry.key for entry in entries]
    return (keys.index(key) + 1, len(keys)) if key in keys else None


def ticks_of(viewer: Viewer, course_key: UUID) -> Ticks:
    """Return the viewer's ticks in the enrolment that is open, else completed last."""
    rows = list(
        Enrolment.objects.own(viewer)
        .filter(course=course_key, withdrawn_at=None)
        .values(*FACTS)
    )
    if not rows:
        return _before_enrolling(viewer, course_key)
    open_one = [row for row in rows if row["completed_at"] is None]
    first = (open_one or sorted(rows, key=lambda row: row["completed_at"]))[-1]
    return Ticks(
        enrolment=first["pk"],
        track=first["track"],
        run=first["edition__run"],
        completed_at=first["completed_at"],
        done={
            row["completions__activity"]: row["completions__at"]
            for row in rows
            if row["pk"] == first["pk"] and row["completions__activity"]
        },
        asked=tuple(_asked(first)),
    )


def _before_enrolling(viewer: Viewer, course_key: UUID) -> Ticks:
    """Return what the course would ask of somebody whose profession is known."""
    track = getattr(viewer, "track", "")
    edition = (
        Edition.objects.current().filter(course=course_key).first() if track else None
    )
    if edition is None:
        return Ticks(track=track)
    (asked,) = syllabuses({edition.pk}).values()
    return Ticks(track=track, asked=tuple(asked))


def _asked(facts: dict) -> list[EditionActivity]:
    """Return what the enrolment asks for; a holder is asked only for the new parts."""
    (asked,) = syllabuses({facts["edition"]}).values()
    if facts["full"]:
        return asked
    edition = Edition.objects.get(pk=facts["edition"])
    before = known_before([edition])[edition.pk]
    return [row for row in asked if row.activity_id not in before]
