"""A translation is published whole or not at all, wherever an editor asks for it."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from courses.behind import languages_behind
from lms.people.choices import Language

NAMED = 3  # of the texts that are not translated


def a_translation_is_published_whole(
    request: HttpRequest, page: Page
) -> HttpResponse | None:
    """Stop the publication of a page that would show texts of another language."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    return _stop_if_open(request, [page], back=request.path)


def a_translation_behind_is_named(request: HttpRequest, page: Page) -> None:
    """Say in the editor which translations do not know yet what the original says."""
    if request.method != "GET":
        return
    if behind := languages_behind(page):
        names = ", ".join(str(Language(code).label) for code in behind)
        messages.warning(
            request,
            _(
                "Behind its original: %(languages)s. The published text was changed "
                "since it was handed to the translators. Sync the translations."
            )
            % {"languages": names},
        )


def translations_are_published_whole(
    request: HttpRequest, action_type: str, objects: Iterable, action
) -> HttpResponse | None:
    """Stop the publication of many pages when one of them is translated in part."""
    if request.method != "POST" or action_type != "publish":
        return None
    pages = [one for one in objects if isinstance(one, Page)]
    return _stop_if_open(request, pages, back=action.next_url)


def _stop_if_open(
    request: HttpRequest, pages: list[Page], *, back: str
) -> HttpResponse | None:
    stopped = None
    for page in pages:
        if left := texts_left(page):
            messages.error(
                request,
                ngettext(
                    "“%(title)s” is not published: %(count)s text is not translated: "
                    "%(texts)s.",
                    "“%(title)s” is not published: %(count)s texts are not translated: "
                    "%(texts)s.",
                    len(left),
                )
                % {
                    "title": page.get_admin_display_title(),
                    "count": len(left),
                    "texts": _named(left),
                },
            )
            stopped = redirect(back)
    return stopped


def _named(texts: list[str]) -> str:
    """Return the first of the texts, each by its first words."""
    named = [f"“{Truncator(strip_tags(text)).words(8)}”" for text in texts[:NAMED]]
    return ", ".join([*named, "…"] if len(texts) > NAMED else named)


def texts_left(page: Page) -> list[str]:
    """Return the texts of the source that are still to be translated for a page."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    ).first()
    if translation is None:
        return []
    segments = StringSegment.objects.filter(source=translation.source_id)
    return list(
        segments.annotate_translation(translation.target_locale)
        .filter(translation=None)
        .order_by("order")
        .values_list("string__data", flat=True)
    )
