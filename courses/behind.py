"""Do readers of a translation read what its original says now?

Three things make them read an earlier text: the original was published anew and its
translators were not handed that; they were handed a text after what is read was made;
or one of them wrote a text since then. What was written is read once it is published.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from django.db.models.functions import Coalesce
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.models import CoursePage
from courses.translating import ADDRESS
from courses.tree import activities_in, course_node

Place = tuple[UUID, int]  # the key of a page and the row of a language


def languages_behind(page: Page) -> list[str]:
    """Return the languages whose readers read an earlier text than the page says."""
    return behind_among([page]).get(page.translation_key, [])


def behind_among(pages: Iterable[Page]) -> dict[UUID, list[str]]:
    """Return the key of each page that has a translation behind, and its languages.

    Takes as many queries for one page as for a hundred.
    """
    originals = _originals_of(pages)
    rows = [
        row
        for row in Translation.objects.filter(
            source__object_id__in=originals, enabled=True
        )
        .select_related("source", "target_locale")
        .defer("source__content_json")
        if row.source.locale_id == originals[row.source.object_id].locale_id
    ]
    changed = _changed_since([row.source for row in rows], originals)
    read_since, written_at = _read_since(originals), _written_at(originals)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        place = row.source.object_id, row.target_locale_id
        told_at = [row.source.last_updated_at, *written_at.get(place, [])]
        made_at = read_since.get(place)
        if row.source_id in changed or (made_at and max(told_at) > made_at):
            found.setdefault(place[0], []).append(row.target_locale.language_code)
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
    own = {page.translation_key: page for page in pages}
    rows = Page.objects.filter(
        translation_key__in=own, locale__language_code=settings.LANGUAGE_CODE
    )
    return own | {page.translation_key: page for page in rows}


def _changed_since(
    sources: Iterable[TranslationSource], originals: dict[UUID, Page]
) -> set[int]:
    """Return the sources whose page says other than what its translators were handed.

    Only what was published since then is read and compared.
    """
    later = {
        source.pk: originals[source.object_id].pk
        for source in sources
        if _is_after(originals[source.object_id], source.last_updated_at)
    }
    now = Page.objects.filter(pk__in=later.values()).specific().in_bulk()
    handed = TranslationSource.objects.filter(pk__in=later)
    return {
        pk
        for pk, content in handed.values_list("pk", "content_json")
        if _differs(now[later[pk]], json.loads(content))
    }


def _is_after(page: Page, moment: datetime) -> bool:
    return bool(page.last_published_at and page.last_published_at > moment)


def _read_since(keys: Iterable[UUID]) -> dict[Place, datetime]:
    """Return when what readers of a language read of a page was made.

    Not when it was published: an older draft may be published at any time.
    """
    rows = Page.objects.live().filter(translation_key__in=keys)
    made_at = Coalesce("live_revision__created_at", "last_published_at")
    return {
        (key, locale): moment
        for key, locale, moment in rows.annotate(made_at=made_at).values_list(
            "translation_key", "locale", "made_at"
        )
    }


def _written_at(keys: Iterable[UUID]) -> dict[Place, list[datetime]]:
    """Return when the last text of a page was written in a language, if any was."""
    rows = StringTranslation.objects.filter(context__object_id__in=keys)
    texts = rows.exclude(context__path=ADDRESS).order_by()
    return {
        (key, locale): [moment]
        for key, locale, moment in texts.values_list(
            "context__object_id", "locale"
        ).annotate(Max("updated_at"))
    }


def _differs(page: Page, handed: dict) -> bool:
    """Whether a page says other than what its translators were handed."""
    # Not `to_json`, which asks for the comments on the page too.
    fields = get_serializable_data_for_fields(page)
    now = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
    return any(
        _plain(now.get(field.field_name)) != _plain(handed.get(field.field_name))
        for field in get_translatable_fields(type(page))
        if field.field_name != ADDRESS
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
