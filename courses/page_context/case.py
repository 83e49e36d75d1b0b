"""What a case is, which roles the reader may take in it, and their runs so far."""

from datetime import date
from typing import Any

from wagtail.models import Page

from courses.addresses import url_of
from courses.cases.rules import PASS, roles_open
from courses.cases.showing import told_to
from courses.cases.words import role_name
from courses.lesson_text import notes_of
from courses.models.cases import CaseRun
from courses.outline import outline
from courses.page_context.shared import Context, alternates_of
from courses.path import path_of
from courses.seen_as import Somebody
from courses.ticks import Ticks, ticks_of
from lms.people.choices import Country, Track
from lms.people.scope import Viewer


def case(page: Page, *, viewer: Viewer) -> Context:
    """Return what a case asks, and where the reader stands with it."""
    language, key = page.locale.language_code, page.translation_key
    above = page.get_ancestors().filter(coursepage__isnull=False).last()
    ticks = ticks_of(viewer, above.translation_key)
    entries = outline(above.translation_key, language)
    return {
        "alternates": alternates_of(key, language),
        "course_title": above.title,
        "course_url": url_of(above.url_path, language),
        "entries": entries,
        "entry": next((entry for entry in entries if entry.key == key), None),
        "path": path_of(above.translation_key, language, ticks=ticks, current=key),
        "ticks": ticks,
        "steps": sum(block.block_type == "step" for block in page.body),
        "roles": _roles(page, ticks, language),
        "done_at": ticks.done.get(key),
        "covered": key in ticks.covered,
        "next": ticks.next_after(key, entries),
    } | _runs(page, viewer, ticks, language)


def case_told(
    page: Page, document: dict[str, Any], *, viewer: Somebody, on: date
) -> Context:
    """Return all that a profession comes to read of a draft, if the case is for it."""
    if viewer.track not in document["roles"]:
        return {"for_others": bool(viewer.track)}
    language, country = page.locale.language_code, viewer.country
    notes = notes_of(country, language, on=on)
    told = told_to(document, viewer.track, language=language, notes=notes)
    return {"told": told, "country": Country(country)}


def _roles(page: Page, ticks: Ticks, language: str) -> list[tuple[str, str]]:
    known = {"other_role": {language: page.other_role}}
    offered = roles_open(
        page.required_for or Track.values,
        track=ticks.track,
        completed=page.translation_key in ticks.done,
    )
    return [(role, role_name(known, role, language)) for role in offered]


def _runs(page: Page, viewer: Viewer, ticks: Ticks, language: str) -> Context:
    """Return the runs of this enrolment, the newest first, and what passes one."""
    if ticks.enrolment is None:
        return {"open_run": None, "runs": [], "asked": PASS}
    rows = list(
        CaseRun.objects.own(viewer)
        .filter(enrolment=ticks.enrolment, activity=page.translation_key)
        .order_by("-number")
    )
    known = {"other_role": {language: page.other_role}}
    open_run = next((run for run in rows if run.is_open), None)
    return {
        "open_run": open_run,
        "asked": open_run.asked if open_run else PASS,
        "runs": [
            (run, role_name(known, run.role, language))
            for run in rows
            if not run.is_open
        ],
    }
