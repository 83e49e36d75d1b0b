"""The cards of the courses, as one reader sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.editions import Edition
from courses.models.enrolments import Enrolment
from courses.page_context.shared import (
    Context,
    alternates_of,
    current_editions,
    languages_of,
    minutes_of,
    track_of,
)
from lms.people.scope import Viewer


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
    editions = current_editions(keys)
    languages = languages_of(keys)
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
                track=track_of(viewer),
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


def _enrolments(viewer: Viewer, keys: list[UUID]) -> dict[UUID, Enrolment]:
    """Return the viewer's own enrolment in each course: the open one, else the last."""
    own = (
        Enrolment.objects.visible_to(viewer)
        .filter(learner=viewer.pk, course__in=keys, withdrawn_at=None)
        .order_by(F("completed_at").asc(nulls_last=True))
    )
    return {enrolment.course_id: enrolment for enrolment in own}
