"""How do the figures of a course stand in a file?"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.gain import rules
from courses.gain.figures import Figures
from lms.thresholds import BEHIND_A_GAIN, fewer_than

Cells = list[object]


def table_of(
    figures: Figures, *, course: str, track: str, as_of: datetime
) -> list[Cells]:
    """Return the heading and a line for each objective and each question below 60 %.

    `course` and `track` are words, and stand in each line with the moment.
    """
    asked = [course, track, timezone.localdate(as_of)]
    lines = [*_objectives(figures), *_items(figures)]
    return [_heading(), *([*line, *asked] for line in lines)]


def _heading() -> Cells:
    return [
        _("what"),
        _("title"),
        _("question"),
        _("lesson to review"),
        _("people"),
        _("right before, percent"),
        _("right after, percent"),
        _("difference, points"),
        _("range from"),
        _("range to"),
        _("course"),
        _("profession"),
        _("as of"),
    ]


def _objectives(figures: Figures) -> Iterator[Cells]:
    for one in figures.objectives:
        yield [_("objective"), one.title, "", "", *_gain(one.gain)]
    if figures.together:
        yield [_("all objectives"), "", "", "", *_gain(figures.together)]


def _gain(gain: rules.Gain | None) -> Cells:
    if gain is None:
        return [fewer_than(BEHIND_A_GAIN), *[""] * 5]
    return [gain.people_told, *gain.percents]


def _items(figures: Figures) -> Iterator[Cells]:
    for item in figures.items:
        known, low, high = item.share.percents
        yield [
            _("question of the final test"),
            item.module,
            item.question.code,
            item.lesson,
            item.share.people_told,
            "",
            known,
            "",
            low,
            high,
        ]
