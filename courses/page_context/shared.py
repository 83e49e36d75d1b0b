"""What several of these pages need: languages, editions, the minutes of a track."""

from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.models import Page

from courses.addresses import url_of
from courses.models.editions import Edition, minutes_in
from lms.people.scope import Viewer
from lms.web.context import name_of

Context = dict[str, Any]


def minutes_of(edition: Edition | None, track: str) -> int:
    """Return the minutes that the track needs; the most of any when it is unknown."""
    return minutes_in(edition.minutes, track) if edition else 0


def track_of(viewer: Viewer) -> str:
    return getattr(viewer, "track", "")


def current_editions(keys: list[UUID]) -> dict[UUID, Edition]:
    current = Edition.objects.current().filter(course__in=keys)
    return {edition.course_id: edition for edition in current}


def languages_of(keys: list[UUID]) -> dict[UUID, list[str]]:
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
