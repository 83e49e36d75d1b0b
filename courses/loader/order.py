"""The order of pages as their files have it, and pages that their files moved."""

from itertools import pairwise

from django.db import transaction
from wagtail.models import Page

from courses.loader import by_hand
from courses.loader.library import Written
from courses.loader.pages import PageWriter
from courses.moves import move_translations


def put_in_order(written: Written, parent: Page, writer: PageWriter) -> None:
    """Bring the children of a page under it and into the order of their files.

    What a person moved stays where they put it, unless the loader overwrites.
    """
    found = [(child, writer.page_of(child)) for child in written.children]
    children = [(child, page) for child, page in found if page]
    pages = [page for _child, page in children]
    if not _is_in_order(pages, parent):
        if by_hand.were_moved(pages) and not writer.overwrite:
            writer.report.left_alone.append(f"moved by hand: below {written.name}")
        else:
            _move(pages, parent)
            writer.report.moved.append(f"below {written.name}")
    for child, page in children:
        put_in_order(child, page, writer)


def _is_in_order(pages: list[Page], parent: Page) -> bool:
    wanted = [page.pk for page in pages]
    stored = parent.get_children().values_list("pk", flat=True)
    if [pk for pk in stored if pk in wanted] != wanted:
        return False
    return all(_follows(page, pages[:place]) for place, page in enumerate(pages))


def _follows(page: Page, earlier: list[Page]) -> bool:
    """Whether every translation stands right of those of the earlier pages."""
    return all(
        translation.path > other.path
        for translation in page.get_translations()
        for before in earlier[-1:]
        for other in before.get_translations().filter(locale=translation.locale_id)
    )


@transaction.atomic
def _move(pages: list[Page], parent: Page) -> None:
    """Put each page right of the one before it; the first leads, wherever it is."""
    first = Page.objects.get(pk=pages[0].pk)
    if first.get_parent().pk != parent.pk:
        first.move(Page.objects.get(pk=parent.pk), pos="last-child")
    for before, page in pairwise(pages):
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=before.pk), pos="right")
    for page in pages:
        move_translations(Page.objects.get(pk=page.pk))
