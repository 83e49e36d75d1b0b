"""What a reader has completed of a course, and whether more would be recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.outline import Entry
from courses.syllabus import known_before, syllabuses
from lms.people.scope import Viewer

FACTS = (
    "pk",
    "track",
    "full",
    "edition",
    "completed_at",
    "completions__activity",
    "completions__at",
)


@dataclass(frozen=True, slots=True)
class Ticks:
    """A reader in a course; `enrolment` is None for who only reads."""

    enrolment: UUID | None = None
    track: str = ""
    completed_at: datetime | None = None
    done: dict[UUID, datetime] = field(default_factory=dict)
    required: frozenset[UUID] = frozenset()
    recommended: frozenset[UUID] = frozenset()
    covered: frozenset[UUID] = frozenset()

    @property
    def is_open(self) -> bool:
        return self.enrolment is not None and self.completed_at is None

    def next_after(self, key: UUID | None, entries: list[Entry]) -> Entry | None:
        """Return what comes next in reading order, then what was passed over."""
        keys = [entry.key for entry in entries]
        place = keys.index(key) + 1 if key in keys else 0
        later, earlier = entries[place:], entries[:place]
        return next(
            (e for e in [*later, *earlier] if e.key != key and self._is_owed(e)), None
        )

    def _is_owed(self, entry: Entry) -> bool:
        if self.enrolment is None:
            return True
        if entry.kind == Activity.Kind.PRETEST and self.done:
            return False  # it measures what was known before
        return entry.key in self.required | self.recommended and (
            entry.key not in self.done
        )


def ticks_of(viewer: Viewer, course_key: UUID) -> Ticks:
    """Return the viewer's ticks in the enrolment that is open, else completed last."""
    rows = list(
        Enrolment.objects.own(viewer)
        .filter(course=course_key, withdrawn_at=None)
        .values(*FACTS)
    )
    if not rows:
        return Ticks()
    open_one = [row for row in rows if row["completed_at"] is None]
    first = (open_one or sorted(rows, key=lambda row: row["completed_at"]))[-1]
    asked = _asked(first)
    track = first["track"]
    return Ticks(
        enrolment=first["pk"],
        track=track,
        completed_at=first["completed_at"],
        done={
            row["completions__activity"]: row["completions__at"]
            for row in rows
            if row["pk"] == first["pk"] and row["completions__activity"]
        },
        required=frozenset(r.activity_id for r in asked if track in r.required_for),
        recommended=frozenset(
            r.activity_id for r in asked if track in r.recommended_for
        ),
        covered=frozenset(r.activity_id for r in asked),
    )


def _asked(facts: dict) -> list[EditionActivity]:
    """Return what the enrolment asks for; a holder is asked only for the new parts."""
    (asked,) = syllabuses({facts["edition"]}).values()
    if facts["full"]:
        return asked
    edition = Edition.objects.get(pk=facts["edition"])
    before = known_before([edition])[edition.previous_id]
    return [row for row in asked if row.activity_id not in before]
