"""What are the headings of the bank called, and the values under each of them?"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.itembank.rules import BEFORE, State
from courses.models import Question
from courses.questions.words import text_of
from lms.thresholds import TO_EDITORS, fewer_than

STATES = {
    State.ASKED: _("Asked"),
    State.DRAFT: _("Draft: nobody is asked it yet"),
    State.RETIRED: _("Retired: nobody is asked it any more"),
}
LEVELS = {
    "remember": _("Remember"),
    "understand": _("Understand"),
    "apply": _("Apply"),
    "analyze": _("Analyze"),
    "none": _("Not said"),
}
EASE = {
    "easy": _("Easy: nearly everybody knows it"),
    "middle": _("Neither easy nor hard"),
    "hard": _("Hard: hardly anybody knows it"),
    "unknown": _("Not measured yet"),
}
# Filters that are chosen in a form; those of the tree are links.
CHOSEN = {
    "state": _("Asked or not"),
    "kind": _("Kind"),
    "use": _("Used in"),
    "level": _("Declared difficulty"),
    "ease": _("Measured difficulty"),
    "tag": _("Tag"),
    "lacking": _("Language that is missing"),
    "norm": _("Norm of the source"),
}
NAMED = {
    "state": STATES,
    "use": dict(Question.Use.choices) | {BEFORE: _("Pre-test")},
    "level": LEVELS,
    "ease": EASE,
    "lacking": dict(settings.LANGUAGES),
}
SORTS = {
    "code": _("By code"),
    "-changed": _("Changed last"),
    "hardest": _("Hardest first"),
    "easiest": _("Easiest first"),
}


def level_of(level: str) -> str:
    """Return what a declared level is called; one of another bank as it is written."""
    return str(LEVELS.get(level or "none", level))


def few(number: int) -> str:
    """Return a count of attempts; of a few not how many, lest somebody is known."""
    return fewer_than(TO_EDITORS) if 0 < number < TO_EDITORS else str(number)


def stem_of(document, language: str) -> str:
    """Return what is asked, in the language of whoever reads."""
    return text_of(document["stem"], language)
