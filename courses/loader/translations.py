"""The other languages of a page, as translations that wagtail-localize knows."""

import json
from uuid import UUID

from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from courses.loader.fields import Values, differences
from courses.loader.pairs import Wanted
from courses.loader.reasons import NotLoaded

TOOL = "load_courses"


def is_whole(page: Page, locale: Locale) -> bool:
    """Whether every text of the source has its translation.

    One that a person took out of step with the source is whole by their word.
    """
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale
    ).first()
    if translation is None or not translation.enabled:
        return translation is not None
    total, done = translation.get_progress()
    return total == done


def say_that_the_source_changed(page: Page, locale: Locale) -> TranslationSource:
    """Record the page as it is now as what translators work from."""
    source, _changed = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    return source


def write_translation(
    page: Page, locale: Locale, *, wanted: Wanted, values: Values, name: str
) -> Page:
    """Publish the translation of a live page and return it.

    Runs inside the transaction that wrote the page. Raises `NotLoaded` when what was
    published is not what the file says: a slug that was taken, a link gone astray.
    """
    source = say_that_the_source_changed(page, locale)
    _record_texts(source, locale, wanted)
    _record_links(source, locale, wanted)
    # Its own way of publishing waits for the end of the outermost transaction.
    translated, _made = source.create_or_update_translation(
        locale, publish=False, fallback=False
    )
    log(
        translated,
        "wagtail.edit",
        revision=translated.latest_revision,
        content_changed=True,
    )
    translated.latest_revision.publish()
    translated = Page.objects.get(pk=translated.pk).specific
    stored = translated.get_latest_revision_as_object()
    if different := differences(stored, values):
        raise NotLoaded([_told(name, stored, field, values) for field in different])
    return translated


def _told(name: str, stored: Page, field: str, values: Values) -> str:
    if isinstance(values[field], str):
        return (
            f"{name}: {field} would be stored as {getattr(stored, field)}, "
            f"not {values[field]}"
        )
    return f"{name}: {field} would not be stored as it is written"


def take_back(page: Page, locale: Locale) -> None:
    """Make a translation the loader's again, whoever changed or stopped it."""
    Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale
    ).update(enabled=True)
    contexts = _contexts_of(page.translation_key)
    for model in (StringTranslation, SegmentOverride):
        model.objects.filter(context__in=contexts, locale=locale).update(
            last_translated_by=None
        )


def _contexts_of(key: UUID) -> list[int]:
    """Return the keys of the places that texts of a page stand at.

    Asked for by themselves: PostgreSQL, which has not counted yet what a first load
    brings, joins them row by row.
    """
    rows = TranslationContext.objects.filter(object_id=key)
    return list(rows.values_list("pk", flat=True))


def _record_texts(source: TranslationSource, locale: Locale, wanted: Wanted) -> None:
    known = {
        (row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(
            context__in=_contexts_of(source.object_id), locale=locale
        )
    }
    segments = StringSegment.objects.filter(source=source)
    for segment in segments.select_related("string", "context"):
        text = wanted.texts[segment.context.path, segment.string.data]
        place = segment.context_id, segment.string_id
        row = known.get(place)
        if row and row.data == text and not row.has_error:
            continue
        known[place] = row or StringTranslation(
            translation_of=segment.string, context=segment.context, locale=locale
        )
        _write_text(known[place], text)


def _write_text(row: StringTranslation, text: str) -> None:
    row.data = text
    row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    row.tool_name = TOOL
    row.last_translated_by = None
    row.has_error = False
    row.field_error = ""
    row.save()


def _record_links(source: TranslationSource, locale: Locale, wanted: Wanted) -> None:
    overrides = SegmentOverride.objects.filter(
        context__object_id=source.object_id, locale=locale
    )
    # A stale one would rewrite another link.
    overrides.exclude(context__path__in=wanted.overrides).delete()
    for path, address in wanted.overrides.items():
        SegmentOverride.objects.update_or_create(
            context=TranslationContext.objects.get(
                object_id=source.object_id, path=path
            ),
            locale=locale,
            defaults={"data_json": json.dumps(address), "has_error": False},
        )
