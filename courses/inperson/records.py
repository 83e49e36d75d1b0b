"""What does training in a room keep about a person, and what becomes of it?

The declarations for `lms.people.records`, and the functions they name.
"""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from courses.inperson.actions.hours import take_back
from courses.models import (
    Attendance,
    LedgerEntry,
    Observation,
    Workshop,
    WorkshopPlace,
)
from courses.questions.words import text_of
from lms.people.records import NAMELESS, Leaver, Merging, Person, Rows, register

DONE_TO_OTHERS = _("It is somebody else’s record; that you did it is in the log.")

register(
    "courses.WorkshopPlace",
    "person",
    _("Places in workshops"),
    export={
        "workshop__title": _("workshop"),
        "taken_at": _("taken"),
        "given_back_at": _("given back"),
    },
    merge="courses.inperson.records.move_places",
    erase="keep",
    note=_("If both have a place in a workshop, one is given back."),
)
register(
    "courses.LedgerEntry",
    "person",
    _("Hours earned in person"),
    export={
        "kind": _("kind"),
        "on": _("day"),
        "minutes": _("minutes"),
        "workshop__title": _("workshop"),
        "at": _("at"),
    },
    merge="courses.inperson.records.move_hours",
    erase="keep",
    note=_("If both were at a workshop, it counts once."),
)
register(
    "courses.Attendance",
    "person",
    _("Workshops at which you were, or were missed"),
    export={
        "workshop__title": _("workshop"),
        "workshop__starts_at": _("begun"),
        "present": _("present"),
        "how": _("marked by"),
        "marked_at": _("at"),
        "corrected_at": _("corrected"),
        "reason": _("reason"),
    },
    merge="courses.inperson.records.move_attendance",
    erase={"reason": NAMELESS},
    note=_("If both have a mark for a workshop, “present” stays."),
)
register(
    "courses.Observation",
    "person",
    _("What was observed of your practice"),
    export=Rows("courses.inperson.records.observed"),
    merge="courses.inperson.records.move_observations",
    erase="courses.inperson.records.erase_comments",
)
for model, column, words in (
    ("courses.Workshop", "made_by", _("Workshops that you planned")),
    ("courses.Attendance", "marked_by", _("People whom you marked present or absent")),
    ("courses.Attendance", "corrected_by", _("Marks that you corrected")),
    ("courses.LedgerEntry", "by", _("Hours that you entered")),
    ("courses.Observation", "signed_by", _("Observations that you signed")),
    ("courses.Training", "entered_by", _("Trainings that you announced")),
):
    register(model, column, words, export=DONE_TO_OTHERS, merge="keep", erase="keep")


def move_places(merging: Merging) -> int:
    """Move the places; of two in a workshop, the other account's is given back."""
    rows = WorkshopPlace.objects.filter(person=merging.gone)
    ours = WorkshopPlace.objects.held().filter(person=merging.kept)
    twice = rows.held().filter(workshop__in=ours.values("workshop"))
    workshops = list(twice.values_list("workshop", flat=True))
    twice.update(given_back_at=merging.at)
    Workshop.objects.filter(pk__in=workshops).update(taken=F("taken") - 1)
    return rows.update(person=merging.kept)


def move_hours(merging: Merging) -> int:
    """Move the entries; of a workshop at which both were, the other's are taken back.

    An entry is never changed but for whose it is.
    """
    ours = LedgerEntry.objects.counting().filter(person=merging.kept)
    theirs = LedgerEntry.objects.counting().filter(person=merging.gone)
    twice = theirs.filter(workshop__in=ours.exclude(workshop=None).values("workshop"))
    take_back(list(twice), by=merging.by, at=merging.at)
    rows = LedgerEntry._base_manager.filter(person=merging.gone)
    return rows.update(person=merging.kept)


def move_attendance(merging: Merging) -> int:
    """Move the marks; of two for a workshop one stays: the one that says present."""
    rows = Attendance.objects.filter(person=merging.gone)
    ours = Attendance.objects.filter(person=merging.kept)
    there = list(rows.filter(present=True).values_list("workshop", flat=True))
    ours.filter(present=False, workshop__in=there).delete()
    rows.filter(workshop__in=list(ours.values_list("workshop", flat=True))).delete()
    return rows.update(person=merging.kept)


def observed(person: Person, language: str) -> list[dict[str, Any]]:
    """Return each item that was observed of the person, with mark and comment."""
    rows = Observation.objects.filter(person=person.pk).order_by("signed_at", "pk")
    with override(language):
        marks = {one.value: str(one.label) for one in Observation.Mark}
    return [
        {
            _("checklist"): text_of(row.checklist["title"], language),
            _("day"): row.observed_on,
            _("item"): text_of(item, language),
            _("mark"): marks[row.marks[item["key"]]],
            _("comment"): row.comments.get(item["key"], ""),
        }
        for row in rows
        for item in row.checklist["items"]
    ]


def move_observations(merging: Merging) -> int:
    """Move what was signed; nothing of it changes but whose it is.

    What one of the two accounts signed of the other stays, as nobody signs their own.
    """
    rows = Observation._base_manager.filter(person=merging.gone)
    return rows.exclude(signed_by=merging.kept).update(person=merging.kept)


def erase_comments(leaver: Leaver) -> None:
    """Forget what was said of the person; the marks stay."""
    Observation._base_manager.filter(person=leaver.person).update(comments={})
