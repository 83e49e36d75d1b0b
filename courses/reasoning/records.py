"""What do pages of reasons keep about a person, and what becomes of it?"""

from typing import Any

from django.utils.translation import gettext_noop as _

from courses.models import Marking, Paper
from courses.models.editions import in_language
from courses.reasoning.words import lines_of
from courses.reasoning.words import told as told_of
from lms.people.records import Leaver, Merging, Person, Rows, register

register(
    "courses.Paper",
    "enrolment__learner",
    _("Pages of reasons that you wrote"),
    export=Rows("courses.reasoning.records.papers"),
    merge="keep",  # with their enrolment
    erase="courses.reasoning.records.forget_text",
)
register(
    "courses.Marking",
    "author",
    _("How your pages of reasons were marked"),
    export=Rows("courses.reasoning.records.markings"),
    merge="courses.reasoning.records.move_markings",
    erase="courses.reasoning.records.forget_comments",
    note=_("Where one account marked the page of the other, that stays as it was."),
)
register(
    "courses.Marking",
    "marker",
    _("Pages of reasons that you marked"),
    export=_("It is somebody else’s record; that you did it is in the log."),
    merge="keep",
    erase="keep",
)


def papers(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person wrote, as long as it is kept."""
    rows = Paper.objects.filter(enrolment__learner=person.pk).with_asked()
    return [
        {
            _("title"): paper.asked.title(language),
            _("text"): paper.text,
            _("saved"): paper.saved_at,
            _("handed in"): paper.handed_in_at,
            _("marked"): paper.settled_at,
            _("reason for another marking"): paper.reason,
        }
        for paper in rows.order_by("saved_at", "pk")
    ]


def markings(person: Person, language: str) -> list[dict[str, Any]]:
    """Return how the person's pages were marked, not by whom: that is in the log."""
    rows = Marking.objects.filter(author=person.pk).select_related("paper__asked")
    return [
        {
            _("title"): in_language(row.paper.asked.document["titles"], language),
            _("levels"): [
                f"{name}: {level}"
                for name, level, _means in told_of(
                    lines_of(row.paper.asked.document, language), row.levels
                )
            ],
            _("comment"): row.comment,
            _("at"): row.at,
        }
        for row in rows.order_by("at", "pk")
    ]


def forget_text(leaver: Leaver) -> None:
    """Forget what was written; a draft goes as a whole."""
    rows = Paper.objects.filter(enrolment__learner=leaver.person)
    rows.filter(handed_in_at=None).delete()
    rows.update(sealed="", sealed_reason="")


def forget_comments(leaver: Leaver) -> None:
    """Forget what was said of it; the levels stay, and name nobody."""
    Marking.objects.filter(author=leaver.person).update(sealed="")


def move_markings(merging: Merging) -> int:
    """Let pages be the kept account's, but for those that it marked itself."""
    rows = Marking.objects.filter(author=merging.gone)
    return rows.exclude(marker=merging.kept).update(author=merging.kept)
