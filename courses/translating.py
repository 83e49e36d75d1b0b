"""Which texts of a page its translators write.

Its address is one to wagtail-localize. Here nobody is asked for it: it is made of the
title.
"""

from django.db.models import QuerySet
from wagtail_localize.models import StringSegment, Translation

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
