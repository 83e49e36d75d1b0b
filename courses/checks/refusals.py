"""What keeps a page from going out? Asked by every list, and by whatever publishes.

The rules stand in `clean` of the pages themselves, so that no way of publishing goes
round them; whether a translation is whole, only wagtail-localize knows.
"""

from collections.abc import Iterator
from copy import copy

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.checks.findings import Finding
from courses.models.places import Placed
from courses.models.whole import Whole
from courses.translating import texts_left
from courses.words.found import unwritten

NAMED = 3  # of the texts that are not translated


def keeps_back(page: Page) -> list[Finding]:
    """Return what keeps a page, as it was last written, from going out.

    Of a translation, its texts: what stands in its blocks comes from its original.
    """
    if translation := translation_of(page):
        return [*_texts_left(translation), *_out_of_place(page.specific)]
    draft = copy(page.get_latest_revision_as_object())
    draft.live = True
    found = draft.findings() if isinstance(draft, Whole) else []
    # Named in any case: a page that lacks a file too would tell of the file alone.
    found += [Finding(sentence) for sentence in unwritten(draft)]
    return [*found, *_refused(draft, said={one.sentence for one in found})]


def translation_of(page: Page) -> Translation | None:
    """Return what makes a page out of its original, if translators do."""
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    ).first()


def _texts_left(translation: Translation) -> Iterator[Finding]:
    left = texts_left(translation).values_list("string__data", flat=True)
    if left:
        sentence = ngettext(
            "%(count)s text is not translated: %(texts)s. Translate it, then publish.",
            "%(count)s texts are not translated: %(texts)s. Translate them, then "
            "publish.",
            len(left),
        )
        yield Finding(sentence % {"count": len(left), "texts": _named(left)})


def _out_of_place(page: Page) -> Iterator[Finding]:
    """Yield why a page may not go out where it stands."""
    if isinstance(page, Placed):
        for sentence in page.refusals_below(page.get_parent(), publishing=True):
            yield Finding(str(sentence))


def _named(texts: list[str]) -> str:
    """Return the first of the texts, each by its first words."""
    named = [f"“{Truncator(strip_tags(text)).words(8)}”" for text in texts[:NAMED]]
    return ", ".join([*named, "…"] if len(texts) > NAMED else named)


def _refused(draft: Page, *, said: set[str]) -> Iterator[Finding]:
    """Yield what the page itself refuses, but for what was said at its block."""
    try:
        draft.full_clean()
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                if sentence not in said:
                    yield _of_field(draft, name, sentence)


def _of_field(draft: Page, name: str, sentence: str) -> Finding:
    if name == NON_FIELD_ERRORS:
        return Finding(sentence)
    label = capfirst(draft._meta.get_field(name).verbose_name)
    return Finding(
        _("%(field)s: %(sentence)s") % {"field": label, "sentence": sentence}, name
    )
