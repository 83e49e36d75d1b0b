"""Where a lesson stands in its course, for one reader; and a draft of it, whole."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from wagtail.models import Page

from courses.lesson_text import in_country, text_from
from courses.outline import outline
from courses.page_context.shared import Context
from courses.path import path_of
from courses.ticks import Ticks, place_of, ticks_of
from lms.people.countries import by_name
from lms.people.scope import Viewer


def lesson(page: Page, *, viewer: Viewer, on: date) -> Context:
    """Return what a lesson says to the viewer; who only reads comes by its own view."""
    language = page.locale.language_code
    above = page.get_ancestors().filter(coursepage__isnull=False).last()
    text = text_from(page, language)
    country = getattr(viewer, "country", "")
    parts = in_country(text.parts, country=country, language=language, on=on)
    return {
        "lesson": page,
        "text": replace(text, parts=parts),
        "kept": {"seconds": 0, "key": "a draft"},
        "countries": by_name(),
    } | standing(
        page.translation_key,
        course=above.translation_key,
        language=language,
        ticks=ticks_of(viewer, above.translation_key),
    )


def standing(key: UUID, *, course: UUID, language: str, ticks: Ticks) -> Context:
    """Return where the lesson stands in the course, and where its reader stands."""
    entries = outline(course, language)
    entry = next((entry for entry in entries if entry.key == key), None)
    place = place_of(key, entries, ticks)
    return {
        "entry": entry,
        "aside": ticks.aside(entry) if entry else "",
        "position": place and place[0],
        "total": place and place[1],
        "entries": entries,
        "path": path_of(course, language, ticks=ticks, current=key),
        "ticks": ticks,
        "done_at": ticks.done.get(key),
        "may_finish": entry is not None and key in ticks.covered,
        "next": ticks.next_after(key, entries),
        "pretest": ticks.pretest_in(entries),
    }
