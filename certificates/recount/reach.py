"""Which activities are still asked, reckoned anew from the rows of the pages?

A page counts while it and all on the way to it from its course are live, in the course
that its activity is of. Spanish decides where the course has a Spanish page.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

PAGE = ("path", "live", "translation_key", "locale__language_code")
STEP, COURSE = 4, 12  # letters of a path: of one page, and of all down to a course
ORIGINAL = "es"


def keys_asked(
    pages: Iterable[dict[str, Any]], activities: Iterable[dict[str, Any]]
) -> Iterator[UUID]:
    """Yield the keys of the activities that are asked."""
    live = {page["path"]: page for page in pages if page["live"]}
    in_spanish = {
        page["translation_key"]
        for path, page in live.items()
        if len(path) == COURSE and page["locale__language_code"] == ORIGINAL
    }
    course_of = {activity["id"]: activity["course_id"] for activity in activities}
    for path, page in live.items():
        course = course_of.get(page["translation_key"])
        if course is None or not _is_reached(path, course, live):
            continue
        if course not in in_spanish or page["locale__language_code"] == ORIGINAL:
            yield page["translation_key"]


def _is_reached(path: str, course: UUID, live: dict[str, dict[str, Any]]) -> bool:
    way = [path[:length] for length in range(COURSE, len(path), STEP)]
    return all(one in live for one in way) and (
        live[path[:COURSE]]["translation_key"] == course
    )
