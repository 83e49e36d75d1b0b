"""Do the translations of a page still say what its original says now?

wagtail-localize calls a translation done when every text that it was handed is
translated; what was published since then is handed over by whoever syncs.
"""

import json
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation

from courses.models import CoursePage
from courses.tree import activities_in, course_node


def languages_behind(page: Page) -> list[str]:
    """Return the languages whose translators do not know yet what the page says."""
    page = _original_of(page)
    rows = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale, enabled=True
    ).select_related("source", "target_locale")
    return [
        row.target_locale.language_code
        for row in rows
        if _differs(page, json.loads(row.source.content_json))
    ]


def pages_behind(course_page: CoursePage) -> list[Page]:
    """Return the pages of a course, and the course, with a translation behind."""
    nodes = activities_in(course_page)
    modules = {node.module.key: node.module for node in nodes if node.module}
    everything = [course_node(course_page), *modules.values(), *nodes]
    return [node.page for node in everything if languages_behind(node.page)]


def _original_of(page: Page) -> Page:
    code = settings.LANGUAGE_CODE
    others = page.get_translations(inclusive=True)
    original = others.filter(locale__language_code=code).first() or page
    return original.specific


def _differs(page: Page, handed: dict) -> bool:
    now = json.loads(page.to_json())
    return any(
        _plain(now.get(field.field_name)) != _plain(handed.get(field.field_name))
        for field in get_translatable_fields(type(page))
    )


def _plain(value: Any) -> Any:
    """Return what a field says, blocks of a body as such and not as a string.

    PostgreSQL gives back the keys of a block in an order of its own.
    """
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
