"""What can a reader reach of a course in a language, and what is still asked of them?

A page is reached while nothing above it is taken down, in the course that its activity
belongs to. What is asked is decided in the language in which courses are written, so
that it is the same for everybody and nobody gains by changing the language: what was
taken down there is asked of nobody, though a translation of it is left, and what lacks
a translation is read in the original. A course that is not live in that language at
all is asked in the languages in which it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from wagtail.models import Page

from courses.addresses import LivePage, url_of
from courses.models.identity import Activity

COURSE_DEPTH, PART_DEPTH = 3, 4  # a part: a module, or a case or test beside them


@dataclass(frozen=True, slots=True)
class Reach:
    """What is reached of some activities; of those, `asked` are asked of learners."""

    pages: dict[UUID, LivePage]  # in the language, else in another
    asked: set[UUID]


def reach_of(keys: Iterable[UUID], *, language: str) -> Reach:
    """Return what readers of `language` reach of the activities; one query for all."""
    rows = (
        reached(Page.objects.filter(translation_key__in=set(keys)))
        .annotate(decides=_in_original() | ~Exists(_original_course()))
        .values_list(
            "translation_key", "title", "url_path", "locale__language_code", "decides"
        )
    )
    pages: dict[UUID, LivePage] = {}
    asked: set[UUID] = set()
    for key, title, url_path, code, decides in rows:
        if decides:
            asked.add(key)
        if code == language or key not in pages:
            pages[key] = LivePage(title, url_of(url_path, code), code)
    return Reach(pages, asked)


def asked_among(keys: Iterable[UUID]) -> set[UUID]:
    """Return which of the activities are still asked of learners."""
    return reach_of(keys, language=settings.LANGUAGE_CODE).asked


def reached(pages: QuerySet) -> QuerySet:
    """Keep the pages of activities that readers can get to, in whatever language."""
    return open_pages(pages).filter(of_its_course())


def open_pages(pages: QuerySet) -> QuerySet:
    """Keep the live pages of courses with nothing above them taken down.

    `course_key` is added: of which course. That a home page is down closes the site,
    and changes nothing of what a course asks.
    """
    course = _above(COURSE_DEPTH).values("translation_key")[:1]
    return (
        pages.filter(live=True, depth__gte=COURSE_DEPTH)
        .annotate(course_key=Subquery(course))
        .filter(Exists(_above(PART_DEPTH)), course_key__isnull=False)
    )


def of_its_course() -> Exists:
    """Whether an activity stands in the course that it was made for."""
    return Exists(
        Activity.objects.filter(
            pk=OuterRef("translation_key"), course=OuterRef("course_key")
        )
    )


def _above(depth: int) -> QuerySet:
    """Return the live page at that depth on the way to a page, or the page itself."""
    return Page.objects.filter(
        live=True, path=Left(OuterRef("path"), depth * Page.steplen)
    )


def _in_original() -> Q:
    return Q(locale__language_code=settings.LANGUAGE_CODE)


def _original_course() -> QuerySet:
    return Page.objects.filter(
        _in_original(), live=True, translation_key=OuterRef("course_key")
    )
