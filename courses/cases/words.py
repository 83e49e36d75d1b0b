"""How a case is spoken of: its roles, its dimensions, and its faults in sentences."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.cases.faults import Fault
from courses.models.editions import in_language
from lms.people.choices import Language, Track

DIMENSIONS = {
    "safety": gettext_lazy("Safety"),
    "legality": gettext_lazy("Legality"),
    "dignity": gettext_lazy("Dignity"),
    "evidence": gettext_lazy("Evidence"),
    "coordination": gettext_lazy("Coordination"),
}
ROLES = {
    Track.JUDGE: pgettext_lazy("role in a case", "judge"),
    Track.PROSECUTOR: pgettext_lazy("role in a case", "prosecutor"),
    Track.OPI: pgettext_lazy("role in a case", "child protection officer (OPI)"),
}
FAULTS = {
    "no-steps": gettext_lazy("The case has no steps."),
    "number-twice": gettext_lazy("Step %(step)s: two steps have this number."),
    "id-twice": gettext_lazy(
        "Step %(step)s: two options are the same block. Delete one and add it anew."
    ),
    "score-out-of-range": gettext_lazy(
        "Step %(step)s, option %(detail)s: a score is below 0 or above 4."
    ),
    "harm-or-norm-missing": gettext_lazy(
        "Step %(step)s, option %(detail)s: a critical error says which harm it causes "
        "and which norm it breaks."
    ),
    "leads-nowhere": gettext_lazy(
        "Step %(step)s, option %(detail)s: it leads to a step that does not exist."
    ),
    "dead-end": gettext_lazy(
        "Step %(step)s: the role “%(detail)s” has fewer than two options there."
    ),
    "cycle": gettext_lazy(
        "Step %(step)s: the role “%(detail)s” comes back to it, so the case never ends."
    ),
    "unreachable": gettext_lazy("Step %(step)s: no role ever comes to it."),
    "no-clean-way": gettext_lazy(
        "The role “%(detail)s” cannot pass the case: no way without a critical error "
        "earns 80 of 100."
    ),
    "never-earned": gettext_lazy(
        "The role “%(detail)s” can earn nothing in the dimension “%(step)s”."
    ),
    "untranslated": gettext_lazy("Step %(step)s: a text is missing in %(detail)s."),
    "untranslated-end": gettext_lazy("Debrief: a text is missing in %(detail)s."),
}
OF_ROLES = {"dead-end", "cycle", "no-clean-way", "never-earned"}


def role_name(document: dict[str, Any], role: str, language: str) -> str:
    """Return what a role is called in a case."""
    if role in ROLES:
        return str(ROLES[Track(role)])
    return in_language(document["other_role"], language)


def sentence_of(fault: Fault) -> str:
    """Return a fault as an editor reads it."""
    word, step, detail = fault.word, str(fault.step), fault.detail
    if word in OF_ROLES:
        detail = Track(detail).label
    if word == "never-earned":
        step = str(DIMENSIONS[step])
    if word == "untranslated":
        word = word if step else f"{word}-end"
        detail = Language(detail).in_a_sentence
    return FAULTS[word] % {"step": step, "detail": detail}
