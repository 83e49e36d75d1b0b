"""The path through a course and its modules, with the ticks of one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.editions import Edition
from courses.models.identity import Activity
from courses.outline import Entry, outline
from courses.page_context.shared import (
    Context,
    alternates_of,
    current_editions,
    languages_of,
    minutes_of,
    track_of,
)
from courses.rules import need_of
from courses.ticks import Ticks, ticks_of
from lms.people.choices import Track
from lms.people.scope import Viewer


@dataclass(frozen=True, slots=True)
class Part:
    """A module of a course, a case (no address of its own) or, untitled, a test."""

    number: str
    title: str
    summary: str
    url: str
    need: str  # "required", "recommended", "other", or "" for an unknown track
    needs: list[str]  # of each track, in their order
    minutes: int
    entries: list[Entry]
    done: int


def course(page: Page, *, viewer: Viewer, query: QueryDict) -> Context:
    """Return the path through the course, the rules to pass, and what comes next.

    Of whom nobody knows the profession, it is the one that the catalogue was asked for.
    """
    language = page.locale.language_code
    edition = current_editions([page.translation_key]).get(page.translation_key)
    ticks = ticks_of(viewer, page.translation_key)
    entries = outline(page.translation_key, language)
    asked = query.get("track", "")
    track = ticks.track or track_of(viewer) or (asked if asked in Track.values else "")
    parts = list(_parts(page, entries, ticks=ticks, track=track, language=language))
    counted = ticks.counted(entries)
    return {
        "alternates": alternates_of(page.translation_key, language),
        "edition": edition,
        "ticks": ticks,
        "track": track,
        "parts": parts,
        "tracks": _tracks(edition),
        "minutes": sum(row.minutes_for(track) for row in counted)
        or minutes_of(edition, track),
        "languages": languages_of([page.translation_key])[page.translation_key],
        "required_done": sum(row.activity_id in ticks.done for row in counted),
        "required_total": len(counted),
        "next": ticks.next_after(None, entries) if ticks.is_open else None,
        "may_enrol_again": _may_enrol_again(edition, ticks),
    }


def _may_enrol_again(edition: Edition | None, ticks: Ticks) -> bool:
    """Whether a later run is open than the one that the reader completed."""
    is_done = edition is not None and ticks.completed_at is not None
    return is_done and ticks.run != edition.run


def _tracks(edition: Edition | None) -> list[tuple[str, int]]:
    """Return the name of each track and the minutes that it needs."""
    return [(track.label, minutes_of(edition, track)) for track in Track]


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
    before, cases, after = _beside_modules(held.get(None, []))
    if before:
        yield _test(before, ticks, need="recommended" if track else "")
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
            needs=[_need(module.modulepage, each) for each in Track.values],
        )
    needed = _needed_cases(page) if cases else {}
    for entry in cases:
        tracks = needed.get(entry.key, [])
        needs = ["required" if each in tracks else "other" for each in Track.values]
        yield _part(
            [entry],
            ticks,
            number=entry.number,
            title=entry.title,
            summary="",
            url="",
            need=dict(zip(Track.values, needs, strict=True)).get(track, ""),
            needs=needs,
        )
    if after:
        yield _test(after, ticks, need="required" if track else "")


def _beside_modules(entries: list[Entry]) -> tuple[list[Entry], ...]:
    """Return the pre-test, the cases and the final test; each list may be empty."""
    before, cases, after = [], [], []
    places = {Activity.Kind.PRETEST: before, Activity.Kind.CASE: cases}
    for entry in entries:
        places.get(entry.kind, after).append(entry)
    return before, cases, after


def _needed_cases(page: Page) -> dict[UUID, list[str]]:
    """Return the tracks that must walk each case of the course."""
    cases = Page.objects.live().child_of(page).filter(casepage__isnull=False)
    return dict(cases.values_list("translation_key", "casepage__required_for"))


def _test(entries: list[Entry], ticks: Ticks, *, need: str) -> Part:
    return _part(
        entries, ticks, number="", title="", summary="", url="", need=need, needs=[]
    )


def _part(entries: list[Entry], ticks: Ticks, **facts: Any) -> Part:
    return Part(
        **facts,
        minutes=sum(entry.minutes for entry in entries),
        entries=entries,
        done=sum(entry.key in ticks.done for entry in entries),
    )


def _need(module: Page, track: str) -> str:
    if not track:
        return ""
    return need_of(
        track, required_for=module.required_for, recommended_for=module.recommended_for
    )


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
