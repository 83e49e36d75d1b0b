"""What do notes keep about a person, and what becomes of it?"""

from typing import Any

from django.utils.translation import gettext_noop as _

from courses.addresses import live_pages
from courses.models import Note
from courses.notes.actions import join
from lms.people.records import Merging, Person, Rows, register

register(
    "courses.Note",
    "learner",
    _("Your notes and marks on lessons"),
    export=Rows("courses.notes.records.notes"),
    merge="courses.notes.records.move",
    erase="delete",
)


def notes(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person noted, as long as it is kept."""
    rows = list(Note.objects.filter(learner=person.pk).order_by("changed_at", "pk"))
    pages = live_pages([note.lesson_id for note in rows], language=language)
    return [
        {
            _("lesson"): pages[note.lesson_id].title
            if note.lesson_id in pages
            else str(note.lesson_id),
            _("note"): note.text,
            _("marked to find again"): note.is_marked,
            _("changed"): note.changed_at,
        }
        for note in rows
    ]


def move(merging: Merging) -> int:
    return join(merging.kept, merging.gone)
