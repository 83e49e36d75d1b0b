"""The cards of the courses that one reader sees, all or those that were asked for."""

from uuid import UUID

from django.db.models import F
from django.http import QueryDict
from wagtail.models import Page

from courses.addresses import url_of
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
from lms.people.scope import Viewer


def catalogue(page: Page, *, viewer: Viewer, query: QueryDict) -> Context:
    """Return the live courses that were asked for; all of them when nothing was."""
    filters = filters_in(query)
    chosen = {one.name: one.value for one in filters}
    cards = _cards(page, viewer=viewer, track=chosen.get("track", ""))
    shown = admitted(cards, filters)
    return {
        "alternates": alternates_of(page.translation_key, page.locale.language_code),
        "at_home": True,
        "cards": shown,
        "total": len(cards),
        "chosen": chosen,
        "choices": CHOICES,
        "removals": [] if shown else removals(cards, filters),
    }


def _cards(page: Page, *, viewer: Viewer, track: str) -> list[Card]:
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
    enrolments = _enrolments(viewer, keys)
    tracks = _tracks(page) if track else {}
    return [
        _card(
            course.coursepage,
            language,
            edition=editions.get(course.translation_key),
            languages=languages[course.translation_key],
            tracks=tracks.get(course.path, set()),
            enrolment=enrolments.get(course.translation_key),
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


def _enrolments(viewer: Viewer, keys: list[UUID]) -> dict[UUID, Enrolment]:
    """Return the viewer's own enrolment in each course: the open one, else the last."""
    own = (
        Enrolment.objects.own(viewer)
        .filter(learner=viewer.pk, course__in=keys, withdrawn_at=None)
        .order_by(F("completed_at").asc(nulls_last=True))
    )
    return {enrolment.course_id: enrolment for enrolment in own}
