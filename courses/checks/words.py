"""How it is said of which translations readers read an earlier text."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.behind import languages_behind
from lms.people.choices import Language


def named(codes: Iterable[str]) -> str:
    """Return languages by their names, for a sentence."""
    return ", ".join(Language(code).in_a_sentence for code in codes)


def behind_of(page: Page) -> str:
    """Return what to do about the translations that are behind; empty if none is."""
    behind = languages_behind(page)
    if not behind:
        return ""
    return _(
        "Behind its original: %(languages)s. Its readers still read an earlier text. "
        "Sync the translations, translate what is new, and publish them."
    ) % {"languages": named(behind)}
