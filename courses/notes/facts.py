"""Which notes has somebody written, and where are their lessons?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.addresses import LivePage, live_pages
from courses.models import Activity, Note
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Noted:
    """A lesson with the note on it; of a lesson taken down only the note is left."""

    lesson: UUID
    page: LivePage | None
    text: str
    is_marked: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class NotedCourse:
    """What somebody noted in one course, the newest first."""

    page: LivePage | None
    notes: list[Noted]


def note_of(person: User, lesson: Activity) -> Note | None:
    return Note.objects.own(person).filter(lesson=lesson).first()


def notes_of(person: User, *, language: str) -> list[NotedCourse]:
    """Return everything the person noted, by course, the newest first."""
    rows = Note.objects.own(person).select_related("lesson").order_by("-changed_at")
    by_course: dict[UUID, list[Note]] = {}
    for note in rows:
        by_course.setdefault(note.lesson.course_id, []).append(note)
    keys = [*by_course, *(note.lesson_id for note in rows)]
    pages = live_pages(keys, language=language)
    return [
        NotedCourse(
            page=pages.get(course),
            notes=[
                Noted(
                    lesson=note.lesson_id,
                    page=pages.get(note.lesson_id),
                    text=note.text,
                    is_marked=note.is_marked,
                    changed_at=note.changed_at,
                )
                for note in notes
            ],
        )
        for course, notes in by_course.items()
    ]
