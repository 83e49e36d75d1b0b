"""Where the translations of a page stand: beside those of its neighbours."""

from wagtail.models import Locale, Page


def move_translations(page: Page) -> None:
    """Bring the translations of a page of the source language to its place.

    wagtail-localize leaves them where they are. The place is right of the translation
    of the nearest earlier neighbour that has one, else first below the parent's.
    """
    page = Page.objects.get(pk=page.pk)
    if page.locale_id != Locale.get_default().pk or page.depth < 3:
        return
    for translation in page.get_translations():
        _move(translation, page)


def _move(translation: Page, page: Page) -> None:
    before = _nearest_earlier(page, translation.locale)
    if before:
        if _stands_right_of(translation, before):
            return
        translation.move(before, pos="right")
        return
    parent = page.get_parent().get_translation_or_none(translation.locale)
    if parent and parent.get_first_child() != translation:
        translation.move(parent, pos="first-child")


def _nearest_earlier(page: Page, locale: Locale) -> Page | None:
    for sibling in page.get_prev_siblings():
        if translation := sibling.get_translation_or_none(locale):
            return translation
    return None


def _stands_right_of(translation: Page, before: Page) -> bool:
    return before.get_next_sibling() == translation
