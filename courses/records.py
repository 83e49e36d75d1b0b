"""What does learning keep about a person, and what becomes of it?

The declarations for `lms.people.records`, and the functions they name.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop as _

from courses.actions import settle
from courses.models import (
    AnswerOperation,
    AssignmentException,
    AttemptItem,
    Completion,
    Enrolment,
    Reminder,
    ReminderClock,
    SuperiorRequest,
)
from courses.models.superiors import SuperiorRequestQuerySet
from courses.questions.words import lines_of, text_of
from lms.people.addressed import register as register_addressed
from lms.people.records import (
    NAMELESS,
    Leaver,
    Merging,
    Person,
    Rows,
    register,
)

DONE_TO_OTHERS = _("It is somebody else’s record; that you did it is in the log.")
OF_THE_EDITORS = _("It belongs to the text; it says who edited it, nothing about you.")

register(
    "courses.AttemptItem",
    "attempt__enrolment__learner",
    _("Your answers"),
    export=Rows("courses.records.answers"),
    merge="keep",  # with their attempt
    erase="courses.records.erase_answers",
)
register(
    "courses.AnswerOperation",
    "attempt__enrolment__learner",
    _("When each choice of a test came in"),
    export=Rows("courses.records.operations"),
    merge="keep",  # with their attempt
    erase="delete",
)
register(
    "courses.Attempt",
    "enrolment__learner",
    _("Attempts at tests"),
    export=Rows("courses.results.attempts"),
    merge="keep",  # with their enrolment
    erase="keep",
)
register(
    "courses.Completion",
    "enrolment__learner",
    _("What you finished"),
    export=Rows("courses.records.completions"),
    merge="keep",  # with their enrolment
    erase="keep",
)
register(
    "courses.Enrolment",
    "learner",
    _("Courses you take or took"),
    export={
        "edition__titles": _("course"),
        "track": _("profession"),
        "enrolled_at": _("enrolled"),
        "completed_at": _("completed"),
        "withdrawn_at": _("left"),
    },
    merge="courses.records.move_enrolments",
    erase="keep",
    note=_(
        "Of a course that both have open, what was finished counts in one enrolment; "
        "the other one closes and can be read."
    ),
)
register(
    "courses.AssignmentException",
    "person",
    _("What was made different for you"),
    export={
        "assignment__cohort__name": _("cohort"),
        "due_on": _("due on"),
        "extra_attempts": _("extra attempts"),
        "extra_minutes": _("extra minutes"),
        "reason": _("reason"),
        "made_at": _("at"),
    },
    merge="courses.records.move_exceptions",
    erase={"reason": NAMELESS},
    note=_("If both have one for an assignment, the one of the account that stays."),
)
register(
    "courses.Reminder",
    "person",
    _("Reminders that you got, and what your superior was told"),
    export=Rows("courses.records.reminders"),
    merge="move",
    erase="keep",
)
register(
    "courses.ReminderClock",
    "person",
    _("When you were reminded last"),
    export={"reminded_at": _("at")},
    merge="courses.records.move_clock",
    erase="delete",
    note=_("The later of both counts."),
)
register(
    "courses.SuperiorRequest",
    "person",
    _("What your superior was asked"),
    export={
        "assignment__cohort__name": _("cohort"),
        "superior_name": _("superior"),
        "superior_address": _("e-mail of the superior"),
        "asked_at": _("at"),
        "decided_at": _("decided"),
        "approved": _("approved"),
        "reason": _("reason"),
    },
    merge="courses.records.move_requests",
    erase={"superior_name": "", "superior_address": "", "reason": NAMELESS},
    note=_("If both ask about an assignment, the question of the account that stays."),
)
register(
    "courses.CalendarFeed",
    "person",
    _("The address of your calendar"),
    export={"made_at": _("at")},
    merge="delete",
    erase="delete",
    note=_("The address of the account that goes ends."),
)
register_addressed(
    "courses.SuperiorRequest",
    "superior_address",
    what=_("Superiors that somebody named"),
    erase="courses.records.forget_superior",
)
for model in ("AssignmentException", "SuperiorRequest", "Attendance"):
    register_addressed(
        f"courses.{model}", "reason", what=_("Reasons and notes"), erase="strike"
    )
for model, column, words in (
    ("courses.Reminder", "by", _("Reminders that you sent")),
    ("courses.AssignmentException", "made_by", _("Exceptions that you made")),
    ("courses.Assignment", "assigned_by", _("Courses that you assigned")),
):
    register(model, column, words, export=DONE_TO_OTHERS, merge="keep", erase="keep")
for model, column, words in (
    ("courses.Edition", "opened_by", _("Editions that you opened")),
    ("courses.QuestionVersion", "made_by", _("Questions that you wrote")),
    ("courses.Review", "by", _("Reviews that you signed")),
    ("courses.KeyCorrection", "proposed_by", _("Keys that you said were wrong")),
    ("courses.KeyCorrection", "approved_by", _("Corrections that you approved")),
    ("courses.KeyCorrection", "signed_by", _("Corrections that you signed")),
):
    register(model, column, words, export=OF_THE_EDITORS, merge="keep", erase="keep")


def answers(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person answered, never what would have been right."""
    items = (
        AttemptItem.objects.filter(attempt__enrolment__learner=person.pk)
        .select_related("attempt", "version")
        .order_by("attempt__started_at", "attempt", "position")
    )
    return [
        {
            _("test"): text_of(item.attempt.titles, language),
            _("attempt"): item.attempt.number,
            _("question"): text_of(item.version.document["stem"], language),
            _("answer"): lines_of(item.version.document, item.answer, language),
            _("at"): item.answered_at,
        }
        for item in items
    ]


def operations(person: Person, language: str) -> list[dict[str, Any]]:
    """Return when choices came in from the page of a test, and what was said to them.

    Those of tests handed in go after a while (`courses.tasks`).
    """
    rows = (
        AnswerOperation.objects.filter(attempt__enrolment__learner=person.pk)
        .select_related("attempt")
        .order_by("received_at", "pk")
    )
    return [
        {
            _("test"): text_of(row.attempt.titles, language),
            _("attempt"): row.attempt.number,
            _("result"): row.get_outcome_display(),
            _("at"): row.received_at,
        }
        for row in rows
    ]


def completions(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person finished, under the titles of the edition they took."""
    rows = (
        Completion.objects.filter(enrolment__learner=person.pk)
        .filter(
            enrolment__edition__activities__activity=models.F("activity"),
        )
        .order_by("at", "pk")
        .values_list(
            "enrolment__edition__titles",
            "enrolment__edition__activities__titles",
            "at",
            "language",
        )
    )
    return [
        {
            _("course"): text_of(course, language),
            _("title"): text_of(title, language),
            _("at"): at,
            _("language"): read_in,
        }
        for course, title, at, read_in in rows
    ]


def reminders(person: Person, language: str) -> list[dict[str, Any]]:
    """Return of which cohort the person was reminded, how it came about, and when."""
    rows = Reminder.objects.filter(person=person.pk).select_related("cohort")
    return [
        {
            _("cohort"): row.cohort.name,
            _("what about"): row.get_kind_display(),
            _("at"): row.at,
        }
        for row in rows.order_by("at", "pk")
    ]


def erase_answers(leaver: Leaver) -> None:
    """Forget what was answered; what it was worth stays."""
    items = AttemptItem.objects.filter(attempt__enrolment__learner=leaver.person)
    items.update(answer=None, answered_at=None, chosen_on=None, chosen_number=None)


def move_exceptions(merging: Merging) -> int:
    """Move the exceptions; of two that stand for an assignment, the other one ends."""
    rows = AssignmentException.objects.filter(person=merging.gone)
    ours = AssignmentException.objects.filter(person=merging.kept).standing()
    rows.standing().filter(assignment__in=ours.values("assignment")).update(
        ended_at=merging.at
    )
    return rows.update(person=merging.kept)


def move_requests(merging: Merging) -> int:
    """Move what superiors were asked; of two that wait for an answer, ours goes on."""
    rows = SuperiorRequest.objects.filter(person=merging.gone)
    ours = SuperiorRequest.objects.filter(person=merging.kept).undecided()
    rows.undecided().filter(assignment__in=ours.values("assignment")).update(
        lapsed_at=merging.at
    )
    return rows.update(person=merging.kept)


def forget_superior(
    rows: SuperiorRequestQuerySet, addresses: frozenset[str], at: datetime
) -> None:
    """Forget who was asked as a superior.

    What waits there for their answer lapses: nobody is left to give it.
    """
    rows.undecided().update(lapsed_at=at)
    rows.update(superior_name="", superior_address="")


def move_clock(merging: Merging) -> int:
    """Let the later of both last reminders count; the other row goes."""
    clocks = ReminderClock.objects.filter(person__in=[merging.kept, merging.gone])
    latest = clocks.exclude(reminded_at=None).order_by("-reminded_at", "pk").first()
    if latest is None or latest.person_id == merging.kept.pk:
        clocks.filter(person=merging.gone).delete()
        return 0
    clocks.filter(person=merging.kept).delete()
    return clocks.filter(person=merging.gone).update(person=merging.kept)


def move_enrolments(merging: Merging) -> int:
    """Move the enrolments; two open ones of a course become one that goes on."""
    ours = Enrolment.objects.filter(learner=merging.kept).open()
    rows = Enrolment.objects.filter(learner=merging.gone)
    going_on = {row.course_id: row for row in ours.with_edition()}
    for row in rows.open().filter(course__in=going_on):
        _hand_over(row, to=going_on[row.course_id], merging=merging)
    moved = rows.update(learner=merging.kept)
    for row in going_on.values():
        settle(row, at=merging.at)
    return moved


def _hand_over(enrolment: Enrolment, *, to: Enrolment, merging: Merging) -> None:
    """Have what was finished count in the enrolment that goes on; leave the other."""
    have = to.completions.values("activity")
    Completion.objects.filter(enrolment=enrolment).exclude(activity__in=have).update(
        enrolment=to
    )
    enrolment.withdrawn_at = merging.at
    enrolment.save(update_fields=["withdrawn_at"])
