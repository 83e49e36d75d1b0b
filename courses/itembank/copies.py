"""Which page of a copied course is the copy of which, and what do its quizzes draw?"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.itembank.rules import State, state_of
from courses.models import Question, QuestionVersion


def pairs_of(page: Page, copied: Page) -> list[tuple[Page, Page]]:
    """Return each page below, itself included, with its copy.

    Whoever copies a page alone gets that one pair.
    """
    below = [
        one.get_descendants(inclusive=True).order_by("path") for one in (page, copied)
    ]
    if len(below[0]) != len(below[1]):
        return [(page, copied)]
    return list(zip(*below, strict=True))


def keys_of(pairs: list[tuple[Page, Page]]) -> dict[UUID, UUID]:
    """Return the keys of the pages with those of their copies."""
    return {page.translation_key: copy.translation_key for page, copy in pairs}


def newest_in(modules: Collection[UUID]) -> list[QuestionVersion]:
    """Return the newest version of what the modules ask, drafts too, by code."""
    questions = Question.objects.filter(module__in=modules).with_current_version()
    versions = (
        QuestionVersion.objects.filter(pk__in=questions.values("current"))
        .select_related("question", "correction")
        .prefetch_related("question__tags", "question__versions")
    )
    return [
        one for one in versions.order_by("question__code") if _is_taken(one.question)
    ]


def _is_taken(question: Question) -> bool:
    first = min(version.made_at for version in question.versions.all())
    state = state_of(retired_at=question.retired_at, begun_at=first)
    return state != State.RETIRED


def lines_elsewhere(
    raw: list[dict[str, Any]], places: dict[int, int]
) -> list[dict[str, Any]]:
    """Return lines of a draw that name the copies of the pages they named."""
    return [
        line | {"value": line["value"] | {"place": places.get(place, place)}}
        for line in raw
        for place in [line["value"].get("place")]
    ]


def revision_elsewhere(
    content: dict[str, Any], places: dict[int, int]
) -> dict[str, Any]:
    """Return what a revision holds, its lines as well naming the copies."""
    raw = json.loads(content.get("draws") or "[]")
    return content | {"draws": json.dumps(lines_elsewhere(raw, places))}
