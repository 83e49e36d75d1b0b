"""A page goes out whole or not at all, wherever an editor asks for it."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.actions.translations import write_address
from courses.checks.refusals import keeps_back, translation_of
from courses.checks.words import behind_of


def a_translation_that_ended_is_told(
    request: HttpRequest, page: Page
) -> HttpResponse | None:
    """Answer the editor of translators where a colleague ended the translation.

    What it sends holds no field of the page, and is none of the page's own form.
    """
    if "action" not in request.POST or translation_of(page):
        return None
    told = _("“%(title)s” is not translated here any more. Nothing was changed.")
    messages.error(request, told % {"title": page.get_admin_display_title()})
    return redirect(request.path)


def a_translation_is_published_whole(
    request: HttpRequest, page: Page
) -> HttpResponse | None:
    """Stop the publication of a page that would show texts of another language."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    stopped = _stop_if_kept_back(request, [page], back=request.path)
    translation = translation_of(page)
    if translation and not stopped:
        write_address(translation)
    return stopped


def a_translation_behind_is_named(request: HttpRequest, page: Page) -> None:
    """Say in the editor which translations do not know yet what the original says."""
    if request.method != "GET":
        return
    if sentence := behind_of(page):
        messages.warning(request, sentence)


def pages_are_published_whole(
    request: HttpRequest, action_type: str, objects: Iterable, action
) -> HttpResponse | None:
    """Stop the publication of many pages when something keeps one of them back."""
    if request.method != "POST" or action_type != "publish":
        return None
    pages = [one for one in objects if isinstance(one, Page)]
    return _stop_if_kept_back(
        request, _published_with(pages, request), back=action.next_url
    )


def _published_with(pages: list[Page], request: HttpRequest) -> Iterator[Page]:
    """Yield the pages, and the drafts below them if those were asked for."""
    for page in pages:
        yield page
        if request.POST.get("include_descendants"):
            yield from page.get_descendants().not_live()


def _stop_if_kept_back(
    request: HttpRequest, pages: Iterable[Page], *, back: str
) -> HttpResponse | None:
    stopped = None
    for page in pages:
        for finding in keeps_back(page):
            told = _("“%(title)s” is not published: %(sentence)s")
            title = page.get_admin_display_title()
            messages.error(
                request, told % {"title": title, "sentence": finding.sentence}
            )
            stopped = redirect(back)
    return stopped
