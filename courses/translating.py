"""What is a page translated from, and which of its texts do translators write?

Its address is one to wagtail-localize. Here nobody is asked for it: it is made of the
title.
"""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

ADDRESS = "slug"


def texts_left(translation: Translation) -> QuerySet[StringSegment]:
    """Return the texts that nobody has translated yet, in their order."""
    segments = StringSegment.objects.filter(source=translation.source_id)
    return (
        segments.annotate_translation(translation.target_locale)
        .filter(translation=None)
        .exclude(context__path=ADDRESS)
        .order_by("order")
    )


def original_of(page: Page) -> Page | None:
    """Return the page that this one is translated from; None of an original."""
    sources = TranslationSource.objects.filter(
        object_id=page.translation_key, translations__target_locale=page.locale_id
    )
    return Page.objects.filter(
        translation_key=page.translation_key, locale__in=sources.values("locale")
    ).first()
