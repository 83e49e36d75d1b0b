"""Where the live page of a course or an activity is read, and what it is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class LivePage:
    """A live page in the language asked for, or in another when it has only that."""

    title: str
    url: str
    language: str


def live_pages(keys: Iterable[UUID], *, language: str) -> dict[UUID, LivePage]:
    """Return the live page of each key that has one; one query for all."""
    found: dict[UUID, LivePage] = {}
    rows = (
        Page.objects.live()
        .filter(translation_key__in=set(keys))
        .values_list("translation_key", "title", "url_path", "locale__language_code")
    )
    for key, title, url_path, code in rows:
        if key not in found or code == language:
            found[key] = LivePage(title, url_of(url_path, code), code)
    return found


@lru_cache(maxsize=10_000)  # asked for every row of every list
def url_of(url_path: str, language: str) -> str:
    """Return the address of a page: its path below the home page of its language."""
    _root, _home, path = url_path.split("/", 2)
    with override(language):
        return reverse("wagtail_serve", args=[path])
