"""The path through a course and its modules, with the ticks of one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from courses.addresses import url_of
from courses.outline import Entry, outline
from courses.page_context.shared import (
    Context,
    alternates_of,
    current_editions,
    languages_of,
    minutes_of,
    track_of,
)
from courses.ticks import Ticks, ticks_of
from lms.people.scope import Viewer


@dataclass(frozen=True, slots=True)
class Part:
    """A module of a course (or, without a title, its final tests) and what it holds."""

    number: str
    title: str
    summary: str
    url: str
    need: str  # "required", "recommended", "other", or "" for an unknown track
    minutes: int
    entries: list[Entry]
    done: int


def course(page: Page, *, viewer: Viewer) -> Context:
    """Return the path through the course, the rules to pass, and what comes next."""
    language = page.locale.language_code
    edition = current_editions([page.translation_key]).get(page.translation_key)
    ticks = ticks_of(viewer, page.translation_key)
    entries = outline(page.translation_key, language)
    track = ticks.track or track_of(viewer)
    parts = list(_parts(page, entries, ticks=ticks, track=track, language=language))
    required = [entry for entry in entries if entry.key in ticks.required]
    return {
        "alternates": alternates_of(page.translation_key, language),
        "edition": edition,
        "ticks": ticks,
        "track": track,
        "parts": parts,
        "minutes": minutes_of(edition, track),
        "languages": languages_of([page.translation_key])[page.translation_key],
        "required_done": sum(entry.key in ticks.done for entry in required),
        "required_total": len(required),
        "next": ticks.next_after(None, entries) if ticks.is_open else None,
    }


def _parts(
    page: Page, entries: list[Entry], *, ticks: Ticks, track: str, language: str
) -> Iterable[Part]:
    modules = (
        Page.objects.live()
        .child_of(page)
        .filter(modulepage__isnull=False)
        .select_related("modulepage")
        .order_by("path")
    )
    held: dict[UUID | None, list[Entry]] = {}
    for entry in entries:
        held.setdefault(entry.module_key, []).append(entry)
    for module in modules:
        inside = held.get(module.translation_key, [])
        yield _part(
            inside,
            ticks,
            number=inside[0].module_number if inside else "",
            title=module.title,
            summary=module.modulepage.summary,
            url=url_of(module.url_path, language),
            need=_need(module.modulepage, track),
        )
    if finals := held.get(None):
        yield _part(
            finals,
            ticks,
            number="",
            title="",
            summary="",
            url="",
            need="required" if track else "",
        )


def _part(entries: list[Entry], ticks: Ticks, **facts: str) -> Part:
    return Part(
        **facts,
        minutes=sum(entry.minutes for entry in entries),
        entries=entries,
        done=sum(entry.key in ticks.done for entry in entries),
    )


def _need(module: Page, track: str) -> str:
    if not track:
        return ""
    if track in module.required_for:
        return "required"
    return "recommended" if track in module.recommended_for else "other"


def module(page: Page, *, viewer: Viewer) -> Context:
    """Return what the module holds and where its course is."""
    language = page.locale.language_code
    parent = page.get_parent()
    ticks = ticks_of(viewer, parent.translation_key)
    entries = [
        entry
        for entry in outline(parent.translation_key, language)
        if entry.module_key == page.translation_key
    ]
    return {
        "alternates": alternates_of(page.translation_key, language),
        "course_title": parent.title,
        "course_url": url_of(parent.url_path, language),
        "entries": entries,
        "ticks": ticks,
        "need": _need(page, ticks.track or track_of(viewer)),
        "first": next((e for e in entries if e.key not in ticks.done), None),
    }
