"""What the pages of a course show beside what an editor wrote on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.attempts import Attempt
from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.outline import Entry, outline
from courses.quizzes import allowance_for, how_many, modules_required, questions_of
from courses.rules import Grade
from courses.ticks import Ticks, ticks_of
from lms.people.scope import Viewer
from lms.web.context import name_of

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A course as the catalogue shows it to one reader."""

    page: Page
    key: UUID
    url: str
    minutes: int
    languages: list[str]
    edition: int | None
    enrolment: UUID | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """A module of a course, or its final test, with the activities inside."""

    number: str
    title: str
    summary: str
    url: str
    need: str  # "required", "recommended", "other", or "" for an unknown track
    minutes: int
    entries: list[Entry]
    done: int


def catalogue(page: Page, *, viewer: Viewer) -> Context:
    """Return the cards of the live courses; as many queries for one as for many."""
    language = page.locale.language_code
    courses = list(
        Page.objects.live()
        .child_of(page)
        .filter(coursepage__isnull=False)
        .select_related("coursepage")
        .order_by("path")
    )
    keys = [course.translation_key for course in courses]
    editions = _current_editions(keys)
    languages = _languages(keys)
    enrolments = _enrolments(viewer, keys)
    return {
        "alternates": alternates_of(page.translation_key, language),
        "at_home": True,
        "cards": [
            _card(
                course.coursepage,
                language,
                edition=editions.get(course.translation_key),
                languages=languages[course.translation_key],
                enrolment=enrolments.get(course.translation_key),
                track=_track(viewer),
            )
            for course in courses
        ],
    }


def _card(
    course: Page,
    language: str,
    *,
    edition: Edition | None,
    languages: list[str],
    enrolment: Enrolment | None,
    track: str,
) -> Card:
    return Card(
        page=course,
        key=course.translation_key,
        url=url_of(course.url_path, language),
        minutes=minutes_of(edition, track),
        languages=languages,
        edition=edition.pk if edition else None,
        enrolment=enrolment.pk if enrolment else None,
        completed_at=enrolment.completed_at if enrolment else None,
    )


def minutes_of(edition: Edition | None, track: str) -> int:
    """Return the minutes that the track needs; the most of any when it is unknown."""
    if edition is None:
        return 0
    return edition.minutes.get(track) or max(edition.minutes.values(), default=0)


def _track(viewer: Viewer) -> str:
    return getattr(viewer, "track", "")


def _current_editions(keys: list[UUID]) -> dict[UUID, Edition]:
    current = Edition.objects.current().filter(course__in=keys)
    return {edition.course_id: edition for edition in current}


def _languages(keys: list[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the languages in which each course is live."""
    rows = set(
        Page.objects.live()
        .filter(translation_key__in=keys)
        .values_list("translation_key", "locale__language_code")
    )
    return {
        key: [
            name_of(code) for code, _name in settings.LANGUAGES if (key, code) in rows
        ]
        for key in keys
    }


def _enrolments(viewer: Viewer, keys: list[UUID]) -> dict[UUID, Enrolment]:
    """Return the viewer's own enrolment in each course: the open one, else the last."""
    own = (
        Enrolment.objects.visible_to(viewer)
        .filter(learner=viewer.pk, course__in=keys, withdrawn_at=None)
        .order_by("completed_at")
    )
    found: dict[UUID, Enrolment] = {}
    for enrolment in own:
        if enrolment.is_open or enrolment.course_id not in found:
            found[enrolment.course_id] = enrolment
    return found


def alternates_of(key: UUID, language: str) -> list[dict[str, str]]:
    """Return the live page in every other language, for the language switch."""
    rows = (
        Page.objects.live()
        .filter(translation_key=key)
        .exclude(locale__language_code=language)
        .values_list("locale__language_code", "url_path")
    )
    urls = {code: url_of(url_path, code) for code, url_path in rows}
    return [
        {"code": code, "name": name_of(code), "url": urls[code]}
        for code, _name in settings.LANGUAGES
        if code in urls
    ]


def course(page: Page, *, viewer: Viewer) -> Context:
    """Return the path through the course, the rules to pass, and what comes next."""
    language = page.locale.language_code
    edition = _current_editions([page.translation_key]).get(page.translation_key)
    ticks = ticks_of(viewer, page.translation_key)
    entries = outline(page.translation_key, language)
    track = ticks.track or _track(viewer)
    parts = list(_parts(page, entries, ticks=ticks, track=track, language=language))
    required = [entry for entry in entries if entry.key in ticks.required]
    return {
        "alternates": alternates_of(page.translation_key, language),
        "edition": edition,
        "ticks": ticks,
        "track": track,
        "parts": parts,
        "minutes": minutes_of(edition, track),
        "languages": _languages([page.translation_key])[page.translation_key],
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
    for final in held.get(None, []):
        yield _part(
            [final],
            ticks,
            number=final.number,
            title=final.title,
            summary="",
            url=final.url,
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
        "need": _need(page, ticks.track or _track(viewer)),
        "first": next((e for e in entries if e.key not in ticks.done), None),
    }


def quiz(page: Page, *, viewer: Viewer, at: datetime) -> Context:
    """Return what a quiz asks, and where the reader stands with it."""
    language = page.locale.language_code
    above = page.get_ancestors().filter(coursepage__isnull=False).last()
    ticks = ticks_of(viewer, above.translation_key)
    entries = outline(above.translation_key, language)
    entry = next((e for e in entries if e.key == page.translation_key), None)
    enrolment = _enrolment(viewer, ticks)
    edition = enrolment.edition if enrolment else _current(above.translation_key)
    return {
        "alternates": alternates_of(page.translation_key, language),
        "course_title": above.title,
        "course_url": url_of(above.url_path, language),
        "entries": entries,
        "entry": entry,
        "ticks": ticks,
        "edition": edition,
        "is_final": page.purpose == Activity.Kind.FINAL,
        "questions": _questions(page, entry, edition, ticks.track or _track(viewer)),
        "done_at": ticks.done.get(page.translation_key),
        "covered": page.translation_key in ticks.covered,
        "next": ticks.next_after(page.translation_key, entries),
    } | (_tries(enrolment, page, at=at) if enrolment else {})


def _current(course_key: UUID) -> Edition | None:
    return _current_editions([course_key]).get(course_key)


def _enrolment(viewer: Viewer, ticks: Ticks) -> Enrolment | None:
    return (
        Enrolment.objects.visible_to(viewer)
        .filter(pk=ticks.enrolment)
        .with_edition()
        .first()
    )


def _questions(
    page: Page, entry: Entry | None, edition: Edition | None, track: str
) -> int:
    rows = EditionActivity.objects.filter(edition=edition) if edition else []
    available = questions_of(
        page.purpose,
        module=entry.module_key if entry else None,
        required=modules_required(rows, track=track),
    ).count()
    return how_many(
        page.purpose, draw=edition.draw if edition else 0, available=available
    )


def _tries(enrolment: Enrolment, page: Page, *, at: datetime) -> Context:
    """Return the attempts of this enrolment and how many are left."""
    attempts = list(
        Attempt.objects.filter(
            enrolment=enrolment, activity=page.translation_key
        ).order_by("-number")
    )
    last = next((attempt for attempt in attempts if not attempt.is_open), None)
    activity = Activity(pk=page.translation_key, kind=page.purpose)
    return {
        "open_attempt": next((a for a in attempts if a.is_open), None),
        "last_attempt": last,
        "last_grade": last and Grade(last.points, last.out_of, last.pass_mark),
        "has_passed": any(attempt.passed for attempt in attempts),
        "allowance": allowance_for(enrolment, activity=activity, at=at),
    }
