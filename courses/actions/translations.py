"""What is written of a translation without its translators."""

from html import unescape

from django.utils.text import slugify
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from courses.models.pages import RESERVED_SLUGS
from courses.translating import ADDRESS

LONGEST = 250  # what a neighbour of the same title adds has to fit in too


def write_address(translation: Translation) -> None:
    """Make the address of a translation of its title, as other pages have theirs.

    Its title is translated. Safe to call twice.
    """
    locale = translation.target_locale
    segments = StringSegment.objects.filter(source=translation.source_id)
    title = segments.annotate_translation(locale).get(context__path="title")
    address = segments.get(context__path=ADDRESS)
    StringTranslation.objects.update_or_create(
        translation_of_id=address.string_id,
        context_id=address.context_id,
        locale=locale,
        defaults={
            "data": _address(translation.get_target_instance(), title.translation),
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "has_error": False,
            "field_error": "",
        },
    )


def _address(page: Page, title: str) -> str:
    """Return what was published once, as links lead there; else what the title says."""
    if page.first_published_at:
        return page.slug
    slug = slugify(unescape(title))[:LONGEST] or page.slug
    return f"{slug}-1" if slug in RESERVED_SLUGS else slug
