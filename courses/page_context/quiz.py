"""What a quiz asks, and where one reader stands with it."""

from datetime import datetime
from uuid import UUID

from wagtail.models import Page

from courses.addresses import url_of
from courses.lines.facts import available
from courses.models.attempts import Attempt
from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.outline import Entry, outline
from courses.page_context.shared import (
    Context,
    alternates_of,
    current_editions,
    track_of,
)
from courses.path import path_of
from courses.quizzes import (
    allowance_for,
    comes_too_late,
    extra_minutes,
    how_many,
    modules_asked,
    questions_of,
)
from courses.rules import Grade
from courses.ticks import Ticks, ticks_of
from courses.time_left import time_of
from lms.people.scope import Viewer


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
        "path": path_of(
            above.translation_key, language, ticks=ticks, current=page.translation_key
        ),
        "entry": entry,
        "ticks": ticks,
        "edition": edition,
        "extra_minutes": extra_minutes(enrolment) if enrolment else 0,
        "is_final": page.purpose == Activity.Kind.FINAL,
        "is_pretest": page.purpose == Activity.Kind.PRETEST,
        "questions": _questions(page, entry, edition, ticks.track or track_of(viewer)),
        "done_at": ticks.done.get(page.translation_key),
        "covered": page.translation_key in ticks.covered,
        "next": ticks.next_after(page.translation_key, entries),
    } | (_tries(enrolment, page, at=at) if enrolment else {})


def _current(course_key: UUID) -> Edition | None:
    return current_editions([course_key]).get(course_key)


def _enrolment(viewer: Viewer, ticks: Ticks) -> Enrolment | None:
    return (
        Enrolment.objects.own(viewer).filter(pk=ticks.enrolment).with_edition().first()
    )


def _questions(
    page: Page, entry: Entry | None, edition: Edition | None, track: str
) -> int:
    rows = EditionActivity.objects.filter(edition=edition) if edition else []
    questions = questions_of(
        page.purpose,
        module=entry.module_key if entry else None,
        modules=modules_asked(page.purpose, rows, track=track),
        edition=edition.pk if edition else None,
    )
    mine = [row for row in rows if row.activity_id == page.translation_key]
    return how_many(
        page.purpose,
        draw=edition.draw if edition else 0,
        available=available(questions, mine[0].lines if mine else []),
    )


def _tries(enrolment: Enrolment, page: Page, *, at: datetime) -> Context:
    """Return the attempts of this enrolment and how many are left."""
    attempts = list(
        Attempt.objects.filter(
            enrolment=enrolment, activity=page.translation_key
        ).order_by("-number")
    )
    begun = next((attempt for attempt in attempts if attempt.is_open), None)
    last = next((attempt for attempt in attempts if not attempt.is_open), None)
    activity = Activity(pk=page.translation_key, kind=page.purpose)
    return {
        "open_attempt": begun,
        "time": begun and time_of(begun, at=at),
        "last_attempt": last,
        "last_grade": last and Grade(last.points, last.out_of, last.pass_mark),
        "has_passed": any(attempt.passed for attempt in attempts),
        "allowance": allowance_for(enrolment, activity=activity, at=at),
        "too_late": comes_too_late(enrolment, activity),
    }
