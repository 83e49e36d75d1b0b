"""Everything that can be refused before the first row is written."""

from collections.abc import Iterator
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import Locale, Page

from courses.cases.document import document_of
from courses.cases.faults import faults
from courses.cases.words import sentence_of
from courses.loader.fields import page_with, values_of
from courses.loader.library import LANGUAGES, SOURCE, Library, Written
from courses.loader.pairs import wanted_translation
from courses.loader.reasons import Reasons
from courses.models import CasePage, CataloguePage, Course


def check_library(library: Library, *, reasons: Reasons) -> None:
    """Say what would keep a page from being written or translated."""
    if library.catalogue is None and not CataloguePage.objects.exists():
        reasons.say(
            f"courses/catalogue.{SOURCE}.md",
            "this file is missing, and there is no home page yet",
        )
    pages = _pages_to_link(library)
    for written in _all(library):
        for key in written.links - pages.keys():
            reasons.say(written.name, f"it links to page:{key}, which is nowhere")
        _check_slugs(written.children, reasons)
        _check_page(written, pages=pages, reasons=reasons)
    _check_slugs(library.courses, reasons)
    _check_codes(library.courses, reasons)


def _all(library: Library) -> Iterator[Written]:
    if library.catalogue:
        yield library.catalogue
    yield from library.walk()


def _pages_to_link(library: Library) -> dict[UUID, int]:
    """Return a number for every page that may be linked, whether it exists yet."""
    stored = Page.objects.filter(locale__language_code=SOURCE)
    known = dict(stored.values_list("translation_key", "pk"))
    missing = [page.key for page in library.walk() if page.key not in known]
    return known | {key: -number for number, key in enumerate(missing, start=1)}


def _check_page(written: Written, *, pages: dict[UUID, int], reasons: Reasons) -> None:
    said = len(reasons)
    in_languages = {}
    for language in LANGUAGES:
        file = written.files[language]
        rows = dict.fromkeys(written.links, 0) | pages
        values = values_of(written, language, pages=rows, reasons=reasons)
        if len(reasons) > said:
            continue
        locale = Locale.objects.get(language_code=language)
        page = in_languages[language] = page_with(file, values, locale=locale)
        others = {field.name for field in page._meta.get_fields()} - values.keys()
        try:
            page.clean_fields(exclude=others)
        except ValidationError as error:
            with override("en"):
                for name, messages in error.message_dict.items():
                    reasons.say(f"{file.name}:2", f"{name}: {' '.join(messages)}")
    if len(reasons) > said:
        return
    _check_case(written, in_languages, reasons=reasons)
    for language in LANGUAGES[1:]:
        wanted_translation(
            in_languages[SOURCE],
            in_languages[language],
            name=written.files[language].name,
            reasons=reasons,
        )


def _check_case(
    written: Written, in_languages: dict[str, Page], *, reasons: Reasons
) -> None:
    if isinstance(in_languages[SOURCE], CasePage):
        with override("en"):
            for fault in faults(document_of(in_languages)):
                reasons.say(written.name, sentence_of(fault))


def _check_slugs(siblings: list[Written], reasons: Reasons) -> None:
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for file in (page.files[language] for page in siblings):
            slug = file.front.get("slug")
            if slug in seen:
                reasons.say(f"{file.name}:2", f"slug {slug} is that of {seen[slug]}")
            seen.setdefault(slug, file.name)


def _check_codes(courses: list[Written], reasons: Reasons) -> None:
    taken = {code: key for key, code in Course.objects.values_list("pk", "code")}
    for course in courses:
        code = course.fact("code")
        if taken.setdefault(code, course.key) != course.key:
            reasons.say(f"{course.name}:2", f"code {code} belongs to another course")
