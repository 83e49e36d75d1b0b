"""How levels, states and refusals of a page of reasons read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import Paper
from courses.models.editions import in_language
from courses.reasoning import rules
from courses.reasoning.rules import Level

LEVELS = {
    Level.GOOD: gettext_lazy("Good"),
    Level.SUFFICIENT: gettext_lazy("Sufficient"),
    Level.MISSING: pgettext_lazy("level", "Missing"),
}
# Which text of a line of the rubric says what the level is.
TEXTS = {
    Level.GOOD: "good",
    Level.SUFFICIENT: "sufficient",
    Level.MISSING: "missing",
}
SENTENCES = {
    "not-asked": gettext_lazy(
        "Your edition of the course asks for no page of reasons."
    ),
    "enrolment-closed": gettext_lazy(
        "You left this course, so nothing can be handed in any more."
    ),
    "handed-in": gettext_lazy("You handed it in already. It stays as it was."),
    "unreadable": gettext_lazy("Write without control characters."),
    "own-paper": gettext_lazy("Nobody marks what they wrote themselves."),
    "read-before": gettext_lazy("You have marked this page already."),
    "read-by-others": gettext_lazy(
        "Others have marked this page meanwhile. Your marking was not kept."
    ),
    "lines-missing": gettext_lazy("Choose a level for every line."),
    "not-marked-yet": gettext_lazy("Your page has not been marked yet."),
    "asked-before": gettext_lazy("You asked for another marking already."),
    "text-gone": gettext_lazy(
        "The text is no longer kept, so nobody can mark it again."
    ),
    "reason-missing": gettext_lazy("Write why somebody should mark it again."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the rubric in a language, and what a level of it means."""

    key: str
    name: str
    levels: list[tuple[Level, str, str]]  # level, its name, what it is here

    def means(self, level: int) -> tuple[str, str]:
        """Return the name of a level, and what it is on this line."""
        return next((name, text) for one, name, text in self.levels if one == level)


def sentence_of(reason: str) -> str:
    """Return a refusal in words; those of numbers say the numbers."""
    numbers = {
        "too-short": _("Write %(words)d words or more.") % {"words": rules.LEAST_WORDS},
        "too-many-words": _("Write %(words)d words or fewer.")
        % {"words": rules.MOST_WORDS},
        "too-long": _("Write %(letters)d characters or fewer.")
        % {"letters": rules.MOST_LETTERS},
    }
    return numbers.get(reason) or str(SENTENCES[reason])


def lines_of(document: dict[str, Any], language: str) -> list[Line]:
    """Return the rubric in a language, the best level of each line first."""
    return [
        Line(
            line["key"],
            in_language(line["names"], language),
            [
                (level, str(name), in_language(line[TEXTS[level]], language))
                for level, name in LEVELS.items()
            ],
        )
        for line in document["lines"]
    ]


def told(lines: Iterable[Line], levels: rules.Levels) -> list[tuple[str, str, str]]:
    """Return each line's name, the level it got, and what that means."""
    return [(line.name, *line.means(levels[line.key])) for line in lines]


def state_of(paper: Paper | None) -> str:
    """Return in a few words where a page stands."""
    if paper is None:
        return _("not begun")
    if paper.handed_in_at is None:
        return _("draft, not handed in")
    if paper.settled_at:
        return _("marked")
    return _("asked for another marking") if paper.asked_again_at else _("handed in")
