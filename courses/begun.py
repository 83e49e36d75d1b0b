"""What does the form of a new page begin with, for its editor to change?"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone
from wagtail.models import Page

from courses.cases.rules import END
from lms.people.choices import Track

Raw = dict[str, Any]


def begun(page: Page, parent: Page | None) -> dict[str, Any]:
    """Return first values by the names of fields."""
    found = {
        "norms_on": timezone.localdate(),
        "required_for": list(Track.values),
        "purpose": _purpose_below(parent),
    }
    written = {"outcomes": [_block("point", "")], "objectives": [_block("point", "")]}
    if body := BODIES.get(page._meta.model_name):
        written["body"] = body()
    return found | {
        name: page._meta.get_field(name).to_python(raw)
        for name, raw in written.items()
        if hasattr(page, name)
    }


def _block(kind: str, value: Any) -> Raw:
    """Return a block; in the form each needs a key of its own."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def _lesson() -> list[Raw]:
    return [_block("text", {})]


def _case() -> list[Raw]:
    """Return two steps, of which the second ends the case, and its debrief."""
    return [_step(1, "2"), _step(2, END), _block("debrief", {})]


def _step(number: int, goes_on_at: str) -> Raw:
    options = [_block("item", {"next": goes_on_at}) for _place in range(2)]
    return _block("step", {"number": str(number), "options": options})


BODIES: dict[str, Callable[[], list[Raw]]] = {
    "lessonpage": _lesson,
    "casepage": _case,
}


def _purpose_below(parent: Page | None) -> str:
    """Return what a new quiz is for: the first of a course is asked before it."""
    if not parent or not getattr(parent.specific_class, "is_course", 0):
        return "practice"
    beside = parent.get_children().filter(quizpage__purpose="pretest")
    return "final" if beside.exists() else "pretest"
