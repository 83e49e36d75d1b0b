"""The cards of the courses that one reader sees, all or those that were asked for."""

from django.db.models import F
from django.http import QueryDict
from wagtail.models import Page

from courses.addresses import url_of
from courses.awards import award_links
from courses.models.editions import Edition
from courses.models.enrolments import Enrolment
from courses.page_context.card import Card
from courses.page_context.filters import CHOICES, admitted, filters_in, removals
from courses.page_context.shared import (
    Context,
    alternates_of,
    current_editions,
    languages_of,
    minutes_of,
    track_of,
)
from courses.programme import Programme, Taking, programme_for
from lms.people.scope import Viewer


def catalogue(page: Page, *, viewer: Viewer, query: QueryDict) -> Context:
    """Return the live courses that were asked for; all of them when nothing was."""
    filters = filters_in(query)
    chosen = {one.name: one.value for one in filters}
    track, enrolments = chosen.get("track", ""), _enrolments(viewer)
    cards = _cards(page, enrolments, viewer=viewer, track=track)
    shown = admitted(cards, filters)
    return {
        "alternates": alternates_of(page.translation_key, page.locale.language_code),
        "at_home": True,
        "cards": shown,
        "total": len(cards),
        "programme": _programme(page, enrolments, track=track or track_of(viewer)),
        "chosen": chosen,
        "choices": CHOICES,
        "removals": [] if shown else removals(cards, filters),
    }


def _programme(page: Page, enrolments: list[Enrolment], *, track: str) -> Programme:
    """Return the path of the track; a course stays done, by its newest completion."""
    language = page.locale.language_code
    newest_last = sorted(enrolments, key=lambda one: one.completed_at is not None)
    awards = award_links([e.pk for e in enrolments if e.completed_at], language)
    takings = {
        enrolment.course_id: Taking(
            enrolment.pk, enrolment.completed_at, awards.get(enrolment.pk)
        )
        for enrolment in newest_last
    }
    return programme_for(track, language=language, takings=takings)


def _cards(
    page: Page, enrolments: list[Enrolment], *, viewer: Viewer, track: str
) -> list[Card]:
    """Return the cards of the live courses; as many queries for one as for many.

    What each track must do is looked up only when a track was asked for.
    """
    language = page.locale.language_code
    courses = list(
        Page.objects.live()
        .child_of(page)
        .filter(coursepage__isnull=False)
        .select_related("coursepage")
        .order_by("path")
    )
    keys = [course.translation_key for course in courses]
    editions = current_editions(keys)
    languages = languages_of(keys)
    own = {enrolment.course_id: enrolment for enrolment in enrolments}
    tracks = _tracks(page) if track else {}
    return [
        _card(
            course.coursepage,
            language,
            edition=editions.get(course.translation_key),
            languages=languages[course.translation_key],
            tracks=tracks.get(course.path, set()),
            enrolment=own.get(course.translation_key),
            track=track or track_of(viewer),
        )
        for course in courses
    ]


def _card(
    course: Page,
    language: str,
    *,
    edition: Edition | None,
    languages: list[str],
    tracks: set[str],
    enrolment: Enrolment | None,
    track: str,
) -> Card:
    return Card(
        page=course,
        key=course.translation_key,
        url=url_of(course.url_path, language),
        minutes=minutes_of(edition, track),
        languages=languages,
        tracks=tracks,
        edition=edition.pk if edition else None,
        enrolment=enrolment.pk if enrolment else None,
        completed_at=enrolment.completed_at if enrolment else None,
    )


def _tracks(page: Page) -> dict[str, set[str]]:
    """Return path of a course → the tracks that a module of it is meant for."""
    found: dict[str, set[str]] = {}
    modules = Page.objects.live().descendant_of(page).filter(modulepage__isnull=False)
    for path, required, recommended in modules.values_list(
        "path", "modulepage__required_for", "modulepage__recommended_for"
    ):
        course = path[: -Page.steplen]
        found.setdefault(course, set()).update(required, recommended)
    return found


def _enrolments(viewer: Viewer) -> list[Enrolment]:
    """Return the viewer's own enrolments: what was completed, then what is open."""
    return list(
        Enrolment.objects.own(viewer)
        .filter(learner=viewer.pk, withdrawn_at=None)
        .order_by(F("completed_at").asc(nulls_last=True))
    )
