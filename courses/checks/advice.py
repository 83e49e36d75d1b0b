"""What should be mended in a page that may go out without: sources, links, length.

A page is read as it was last written.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from courses.checks.bank import lines_to_mend, questions_to_mend
from courses.checks.findings import Finding
from courses.checks.words import behind_of
from courses.models import LessonPage, QuizPage
from courses.reading import minutes_to_read
from courses.works import unresolved
from lms.people.choices import Language

LONGEST = 15  # minutes, of a lesson
SOURCES = ("source", "norm")
LINK = re.compile(r"<a\b[^>]*>")
KIND = re.compile(r'\blinktype="(page|document)"')
KEY = re.compile(r'\bid="(\d+)"')
Raw = dict[str, Any]
Target = tuple[str, int]


def advice(page: Page) -> list[Finding]:
    """Return what should be mended in a page."""
    draft = page.get_latest_revision_as_object()
    found = [*_languages(page), *_blocks(draft)]
    if isinstance(draft, LessonPage):
        found += _length(draft)
    if isinstance(draft, QuizPage):
        found += questions_to_mend(draft)
        found += lines_to_mend(draft)
    return found


def _languages(page: Page) -> Iterator[Finding]:
    if sentence := behind_of(page):
        yield _advice(sentence)
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return
    live = set(page.get_translations().live().values_list("locale", flat=True))
    for locale in Locale.objects.exclude(pk__in=[*live, page.locale_id]):
        name = Language(locale.language_code).in_a_sentence
        sentence = _(
            "Nobody can read it in %(language)s yet. Translate the page and publish it."
        )
        yield _advice(sentence % {"language": name})


def _blocks(draft: Page) -> Iterator[Finding]:
    """Yield what is to be mended at each block."""
    rows = [
        (field.name, raw)
        for field in draft._meta.get_fields()
        if isinstance(field, StreamField)
        for raw in getattr(draft, field.name).get_prep_value()
    ]
    gone = _gone({target for _name, raw in rows for target in _targets(raw["value"])})
    language = draft.locale.language_code
    for name, raw in rows:
        for sentence in _sentences(raw, language, gone):
            yield _advice(sentence, name, raw["id"])


def _sentences(raw: Raw, language: str, gone: set[Target]) -> Iterator[str]:
    value = raw["value"]
    if not isinstance(value, dict):
        return
    if value.get("source") == "" and not value.get("decorative"):
        yield _(
            "Say where this comes from: instrument and article, or that it is ours."
        )
    for source in filter(None, _texts(value, SOURCES)):
        for part in unresolved(source, language):
            yield _(
                "“%(source)s” names no work of the list of sources. Write it as it "
                "stands there."
            ) % {"source": part}
    if gone & set(_targets(value)):
        yield _(
            "A link leads to a page or a file that readers cannot open. Choose another "
            "one, or take the link out."
        )
    if value.get("kind") == "video" and not value.get("captions"):
        yield _("The video has no captions. Add a WebVTT file (.vtt).")


def _length(draft: LessonPage) -> Iterator[Finding]:
    minutes = minutes_to_read(draft.body)
    if minutes > LONGEST:
        sentence = _(
            "It takes %(minutes)d minutes; a lesson takes %(longest)d at most. Split "
            "it in two."
        )
        yield _advice(sentence % {"minutes": minutes, "longest": LONGEST}, "body")


def _texts(raw: Any, names: Iterable[str] | None = None) -> Iterator[str]:
    """Yield every text in raw data; only those under some names, if given."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            if isinstance(value, str):
                if names is None or name in names:
                    yield value
            else:
                yield from _texts(value, names)
    elif isinstance(raw, list | tuple):
        for part in raw:
            yield from _texts(part, names)


def _targets(raw: Any) -> Iterator[Target]:
    """Yield the pages and documents that texts lead to."""
    for text in _texts(raw):
        for link in LINK.findall(text):
            kind, key = KIND.search(link), KEY.search(link)
            if kind and key:
                yield kind[1], int(key[1])


def _gone(targets: set[Target]) -> set[Target]:
    """Return those of the targets that readers cannot open."""
    pages = {key for kind, key in targets if kind == "page"}
    files = {key for kind, key in targets if kind == "document"}
    live = Page.objects.live().filter(pk__in=pages).values_list("pk", flat=True)
    kept = get_document_model().objects.filter(pk__in=files)
    there = {("page", key) for key in live}
    there |= {("document", key) for key in kept.values_list("pk", flat=True)}
    return targets - there


def _advice(sentence: str, field: str = "", block: str = "") -> Finding:
    return Finding(sentence, field, block, keeps_back=False)
