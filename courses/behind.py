"""Do the translations of a page still say what its original says now?

wagtail-localize calls a translation done when every text that it was handed is
translated; what was published since then is handed over by whoever syncs.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation

from courses.models import CoursePage
from courses.tree import activities_in, course_node


def languages_behind(page: Page) -> list[str]:
    """Return the languages whose translators do not know yet what the page says."""
    return behind_among([page]).get(page.translation_key, [])


def behind_among(pages: Iterable[Page]) -> dict[UUID, list[str]]:
    """Return the key of each page that has a translation behind, and its languages."""
    originals = _originals_of(pages)
    rows = Translation.objects.filter(source__object_id__in=originals, enabled=True)
    found: dict[UUID, list[str]] = {}
    for row in rows.select_related("source", "target_locale"):
        page = originals[row.source.object_id]
        is_source = row.source.locale_id == page.locale_id
        if is_source and differs(page, json.loads(row.source.content_json)):
            code = row.target_locale.language_code
            found.setdefault(page.translation_key, []).append(code)
    return found


def pages_behind(course_page: CoursePage) -> list[Page]:
    """Return the pages of a course, and the course, with a translation behind."""
    nodes = activities_in(course_page)
    modules = {node.module.key: node.module for node in nodes if node.module}
    everything = [course_node(course_page), *modules.values(), *nodes]
    behind = behind_among([node.page for node in everything])
    return [node.page for node in everything if node.key in behind]


def _originals_of(pages: Iterable[Page]) -> dict[UUID, Page]:
    """Return each page by its key, in the language in which courses are written."""
    own = {page.translation_key: page.pk for page in pages}
    rows = Page.objects.filter(translation_key__in=own)
    in_original = dict(
        rows.filter(locale__language_code=settings.LANGUAGE_CODE).values_list(
            "translation_key", "pk"
        )
    )
    chosen = Page.objects.filter(pk__in=(own | in_original).values()).specific()
    return {page.translation_key: page for page in chosen}


def differs(page: Page, handed: dict) -> bool:
    """Whether a page says other than what its translators were handed."""
    # Not `to_json`, which asks for the comments on the page too.
    fields = get_serializable_data_for_fields(page)
    now = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
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
