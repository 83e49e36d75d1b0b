"""What waits for an editor: which page, and what about it?

Each answer is among the pages that the editor may change, and takes as many queries for
one page as for a hundred.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from wagtail.models import (
    Locale,
    Page,
    Revision,
    TaskState,
    get_default_page_content_type,
)
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment

from courses.behind import behind_among
from courses.models import CoursePage
from courses.models.bin import out_of_the_bin
from courses.translating import ADDRESS
from lms.models import User


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A page without its texts in a language; where one is begun, `page` is that."""

    page: Page
    language: str
    texts: int = 0  # that are left; none where the page as a whole is


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of which readers of other languages read an earlier text."""

    page: Page
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Timed:
    """A page that appears or ends by itself."""

    page: Page
    at: datetime
    ends: bool


def pages_of(editor: User) -> QuerySet[Page]:
    """Return the pages that the editor may change."""
    policy = policy_registry.get_by_type(Page)
    found = policy.instances_user_has_permission_for(editor, "change")
    return out_of_the_bin(found.not_exact_type(Page)).select_related("locale")


def to_review(editor: User) -> list[Page]:
    """Return the pages that wait for the editor's word, the oldest first."""
    tasks = TaskState.objects.reviewable_by(editor).filter(
        revision__base_content_type=get_default_page_content_type()
    )
    rows = tasks.order_by("started_at").values_list("revision__object_id", flat=True)
    numbers = [int(pk) for pk in rows]
    pages = Page.objects.select_related("locale").in_bulk(numbers)
    return [pages[pk] for pk in numbers if pk in pages]


def drafts(pages: QuerySet[Page]) -> list[Page]:
    """Return the pages with a text that nobody can read yet, the newest first."""
    unpublished = pages.filter(has_unpublished_changes=True, alias_of=None)
    return list(unpublished.order_by(F("latest_revision_created_at").desc()))


def untranslated(pages: QuerySet[Page]) -> list[Untranslated]:
    """Return what readers of another language cannot read, in the order of the tree."""
    live = defaultdict(dict)
    begun = {}
    everywhere = out_of_the_bin(Page.objects.filter(alias_of=None))
    for pk, key, code, is_live in everywhere.values_list(
        "pk", "translation_key", "locale__language_code", "live"
    ):
        begun[key, code] = pk
        if is_live:
            live[key][code] = pk
    left = _texts_left()
    wanted = list(_missing(live, begun, left))
    mine = pages.in_bulk([pk for pk, _code, _texts in wanted])
    found = [
        Untranslated(mine[pk], code, texts) for pk, code, texts in wanted if pk in mine
    ]
    return sorted(found, key=lambda one: one.page.path)


def _missing(live: dict, begun: dict, left: Counter) -> Iterator[tuple[int, str, int]]:
    for key, by_language in live.items():
        for code, _name in settings.LANGUAGES:
            texts = left[key, code]
            if texts or code not in by_language:
                begun_at = begun.get((key, code))
                yield begun_at or next(iter(by_language.values())), code, texts


def _texts_left() -> Counter[tuple[UUID, str]]:
    """Count the texts that were handed over and are not translated, by language."""
    found: Counter[tuple[UUID, str]] = Counter()
    for locale in Locale.objects.all():
        handed = StringSegment.objects.filter(
            source__translations__target_locale=locale,
            source__translations__enabled=True,
        )
        left = handed.annotate_translation(locale).filter(translation=None)
        keys = left.exclude(context__path=ADDRESS)
        for key in keys.values_list("source__object_id", flat=True):
            found[key, locale.language_code] += 1
    return found


def behind(pages: QuerySet[Page]) -> list[Behind]:
    """Return the originals whose readers in another language read an earlier text."""
    originals = pages.filter(locale__language_code=settings.LANGUAGE_CODE)
    inside = list(originals.order_by("path"))
    found = behind_among(inside)
    return [
        Behind(page, found[page.translation_key])
        for page in inside
        if page.translation_key in found
    ]


def timed(pages: QuerySet[Page], *, at: datetime) -> list[Timed]:
    """Return the pages that appear or end by themselves, the next first."""
    begins_at = {
        int(pk): moment
        for pk, moment in Revision.page_revisions.exclude(
            approved_go_live_at=None
        ).values_list("object_id", "approved_go_live_at")
    }
    begin = pages.filter(pk__in=begins_at)
    end = pages.live().filter(expire_at__gt=at)
    found = chain(
        (Timed(page, begins_at[page.pk], ends=False) for page in begin),
        (Timed(page, page.expire_at, ends=True) for page in end),
    )
    return sorted(found, key=lambda one: one.at)


def courses_by_path() -> dict[str, str]:
    """Return the title of each course by its place in the tree."""
    return dict(CoursePage.objects.values_list("path", "draft_title"))
