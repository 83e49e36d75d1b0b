"""The contents of a course beside a lesson: drawn once for all readers, then ticked."""

from itertools import groupby
from uuid import UUID

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from courses.outline import SECONDS, Entry, outline
from courses.rules import Need
from courses.ticks import Ticks

# By whether it is done, whether it is the current one, and what it is off the path.
Drawn = dict[tuple[bool, bool, str], str]
Module = tuple[str, list[tuple[Entry, Drawn]]]  # its heading, and its rows


def path_of(course: UUID, language: str, *, ticks: Ticks, current: UUID) -> SafeString:
    """Return the contents as one reader sees them."""
    drawn = caches["pages"].get_or_set(
        f"path:{course}:{language}", lambda: _drawn(course, language), SECONDS
    )
    return mark_safe(  # noqa: S308 - pieces of our own templates
        "".join(
            f'{heading}<ul class="path marked">'
            + "".join(
                row[entry.key in ticks.done, entry.key == current, ticks.aside(entry)]
                for entry, row in rows
            )
            + "</ul>"
            for heading, rows in drawn
        )
    )


def _drawn(course: UUID, language: str) -> list[Module]:
    with override(language):
        return [_module(entries) for entries in _modules(course, language)]


def _modules(course: UUID, language: str) -> list[list[Entry]]:
    entries = outline(course, language)
    return [list(rows) for _key, rows in groupby(entries, lambda e: e.module_key)]


def _module(entries: list[Entry]) -> Module:
    heading = render_to_string("courses/path_heading.html", {"first": entries[0]})
    return heading, [(entry, _row(entry)) for entry in entries]


def _row(entry: Entry) -> Drawn:
    return {
        (done, current, aside): render_to_string(
            "courses/row.html",
            {"row": entry, "done": done, "current": current, "aside": aside},
        )
        for done in (True, False)
        for current in (True, False)
        for aside in ("", Need.RECOMMENDED, Need.OPTIONAL)
    }
