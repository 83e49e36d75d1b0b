"""The table of a cohort as a file: only the columns asked for, and no live formula."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop

from courses.following import words
from courses.following.lines import Line
from lms import cells
from lms.people.models import Cohort

# By the word in the address: the heading, and the cell of a line.
COLUMNS: dict[str, tuple[str, Callable[[Line, Cohort], object]]] = {
    "name": (gettext_noop("name"), lambda line, _cohort: _name(line)),
    "institution": (gettext_noop("institution"), lambda line, _cohort: line.post or ""),
    "position": (
        gettext_noop("position"),
        lambda line, _cohort: line.post.position if line.post else "",
    ),
    "done": (gettext_noop("finished activities"), lambda line, _cohort: line.one.done),
    "total": (
        gettext_noop("required activities"),
        lambda line, _cohort: line.one.total,
    ),
    "activity": (
        gettext_noop("last activity"),
        lambda line, cohort: _day(line.one.last_at, cohort),
    ),
    "test": (gettext_noop("test"), lambda line, _cohort: line.test),
    "due": (gettext_noop("due on"), lambda line, _cohort: line.one.case.due_on or ""),
    "reminder": (
        gettext_noop("last reminder"),
        lambda line, cohort: _day(line.one.leaves_at or line.one.reminded_at, cohort),
    ),
    "needs": (gettext_noop("needs help"), lambda line, _cohort: _needs(line)),
}
AS_OF = gettext_noop("as of")


def as_csv(
    cohort: Cohort, lines: Iterable[Line], *, columns: Sequence[str], at: datetime
) -> str:
    """Return the file; every line says as of when, in the cohort's time (ISO 8601)."""
    moment = localtime(at, cohort.zone).isoformat(timespec="minutes")
    headings = [*(gettext(COLUMNS[c][0]) for c in columns), gettext(AS_OF)]
    rows = ([*(COLUMNS[c][1](line, cohort) for c in columns), moment] for line in lines)
    return cells.as_csv([headings, *rows])


def _name(line: Line) -> str:
    return line.person.sort_name or line.person.legal_name


def _day(moment: datetime | None, cohort: Cohort) -> date | str:
    return localtime(moment, cohort.zone).date() if moment else ""


def _needs(line: Line) -> str:
    return "; ".join(map(words.need_in_words, line.one.needs))
