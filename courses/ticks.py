"""What a reader has completed of a course, and whether more would be recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.cache import caches

from courses.models.editions import EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.outline import Entry
from lms.people.scope import Viewer

SECONDS = 600  # editions never change
FACTS = (
    "pk",
    "track",
    "full",
    "edition",
    "edition__previous",
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
        later = entries[place:]
        passed_over = [e for e in entries[:place] if e.kind != Activity.Kind.PRETEST]
        candidates = [e for e in [*later, *passed_over] if e.key != key]
        return next((e for e in candidates if self._is_owed(e.key)), None)

    def _is_owed(self, key: UUID) -> bool:
        if self.enrolment is None:
            return True
        return key in self.required | self.recommended and key not in self.done


def ticks_of(viewer: Viewer, course_key: UUID) -> Ticks:
    """Return the viewer's ticks in the enrolment that is open, else completed last."""
    rows = list(
        Enrolment.objects.visible_to(viewer)
        .of_learner(viewer, course=course_key)
        .values(*FACTS)
    )
    if not rows:
        return Ticks()
    first = rows[0]
    asked = _asked(first)
    return Ticks(
        enrolment=first["pk"],
        track=first["track"],
        completed_at=first["completed_at"],
        done={
            row["completions__activity"]: row["completions__at"]
            for row in rows
            if row["pk"] == first["pk"] and row["completions__activity"]
        },
        required=_of_track(asked, "required_for", first["track"]),
        recommended=_of_track(asked, "recommended_for", first["track"]),
        covered=frozenset(asked),
    )


def _of_track(asked: dict[UUID, dict], which: str, track: str) -> frozenset[UUID]:
    return frozenset(key for key, row in asked.items() if track in row[which])


def _asked(facts: dict) -> dict[UUID, dict]:
    """Return what the enrolment asks for; a holder is asked only for the new parts."""
    asked = syllabus_of(facts["edition"])
    if facts["full"]:
        return asked
    known = syllabus_of(facts["edition__previous"])
    return {key: row for key, row in asked.items() if key not in known}


def syllabus_of(edition: int | None) -> dict[UUID, dict]:
    """Return activity → the tracks it is required of and recommended to."""
    return caches["pages"].get_or_set(
        f"syllabus:{edition}",
        lambda: {
            row["activity"]: row
            for row in EditionActivity.objects.filter(edition=edition).values(
                "activity", "required_for", "recommended_for"
            )
        },
        SECONDS,
    )
