"""Whether a person changed something since the loader wrote it; then it stays.

The loader acts as nobody: what it writes has no user. What has one is a person's.
"""

from uuid import UUID

from django.db.models import Model, Q
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
)


def was_edited(page: Page) -> bool:
    """Whether a person wrote the newest revision, or took the page down."""
    if page.latest_revision and page.latest_revision.user_id:
        return True
    return not page.live and _last_action_by_a_person(page, "wagtail.unpublish")


def was_translated(page: Page, locale: Locale) -> bool:
    """Whether a person translated a text that the page has now."""
    theirs = Q(context__object_id=page.translation_key, locale=locale) & ~Q(
        last_translated_by=None
    )
    strings = StringSegment.objects.filter(
        source__object_id=page.translation_key
    ).values("string")
    return (
        StringTranslation.objects.filter(theirs, translation_of__in=strings).exists()
        or SegmentOverride.objects.filter(theirs).exists()
    )


def was_stopped(page: Page, locale: Locale) -> bool:
    """Whether a person deleted the translation or took it out of step."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=False
    ).exists()


def was_deleted(key: UUID) -> bool:
    """Whether there was such a page once: its translation records outlive it."""
    return TranslatableObject.objects.filter(translation_key=key).exists()


def were_moved(pages: list[Page]) -> bool:
    """Whether a person moved one of the pages."""
    return any(
        _last_action_by_a_person(page, "wagtail.move", "wagtail.reorder")
        for page in pages
    )


def was_changed(row: Model) -> bool:
    """Whether a person last changed a row that has no revisions."""
    entry = ModelLogEntry.objects.for_instance(row).order_by("-timestamp").first()
    return bool(entry and entry.user_id)


def was_taken_off(model: type[Model], key: object, *, label: str = "") -> bool:
    """Whether a person deleted a row that has no revisions from its list.

    Of what has a key of its own the log says the key, else (and formerly) its label.
    """
    rows = ModelLogEntry.objects.get_for_model(model).filter(action="wagtail.delete")
    named = Q(object_id=str(key)) | Q(data__key=str(key)) | Q(label=label or str(key))
    return rows.exclude(user=None).filter(named).exists()


def _last_action_by_a_person(page: Page, *actions: str) -> bool:
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__in=actions)
        .order_by("-timestamp", "-pk")
        .first()
    )
    return bool(entry and entry.user_id)
