"""Keeping a note on a lesson, and throwing it away."""

from datetime import datetime

from django.db import transaction

from courses.models import Activity, Note
from lms.keys import seal
from lms.people.models import User


def keep(
    learner: User, lesson: Activity, *, text: str, is_marked: bool, at: datetime
) -> Note | None:
    """Let the note be this; one without a word and without a mark goes."""
    text = text.strip()
    rows = Note.objects.own(learner).filter(lesson=lesson)
    if not text and not is_marked:
        rows.delete()
        return None
    note = rows.first()
    if note and (note.text, note.is_marked) == (text, is_marked):
        return note
    note, _made = Note.objects.update_or_create(
        learner=learner,
        lesson=lesson,
        defaults={
            "sealed": seal(text) if text else "",
            "is_marked": is_marked,
            "changed_at": at,
        },
    )
    return note


@transaction.atomic
def join(kept: User, gone: User) -> int:
    """Let the notes of one account be the other's; return how many were moved.

    Where both wrote on a lesson, one text stands below the other.
    """
    theirs = {note.lesson_id: note for note in Note.objects.filter(learner=kept)}
    moved = Note.objects.filter(learner=gone).order_by("changed_at")
    for note in moved:
        note.learner = kept
        if other := theirs.get(note.lesson_id):
            note.text = "\n\n".join(filter(None, [other.text, note.text]))
            note.is_marked = note.is_marked or other.is_marked
            note.changed_at = max(note.changed_at, other.changed_at)
            other.delete()
        note.save()
    return len(moved)
