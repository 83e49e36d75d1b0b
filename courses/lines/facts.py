"""What do the lines of a draw ask for, and what is there for them?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.lines.rules import Item, Line, asked_by
from courses.models.questions import QuestionQuerySet, QuestionTag, QuestionVersion

# The key of a page that is no longer there: its line finds nothing, not everything.
NOWHERE = UUID(int=0)


def lines_of(stream: Any) -> list[Line]:
    """Return the lines that stand on a quiz page, with keys in place of pages."""
    written = [block["value"] for block in stream.raw_data] if stream else []
    pages = [one["place"] for one in written if one.get("place")]
    keys = dict(
        Page.objects.filter(pk__in=pages).values_list("pk", "translation_key")
        if pages
        else []
    )
    return [
        Line(
            count=one.get("count") or 0,
            place=str(keys.get(one["place"], NOWHERE)) if one.get("place") else "",
            objective=one.get("objective"),
            level=one.get("level") or "",
            tag=" ".join((one.get("tag") or "").split()).lower(),
        )
        for one in written
    ]


def items_of(versions: Mapping[int, QuestionVersion]) -> dict[int, Item]:
    """Return what lines ask of these versions, by their keys."""
    tags: dict[UUID, set[str]] = {}
    asked = [version.question_id for version in versions.values()]
    rows = QuestionTag.objects.filter(question__in=asked)
    for question, word in rows.values_list("question", "word"):
        tags.setdefault(question, set()).add(word)
    return {
        key: Item(
            module=str(version.question.module),
            lesson=str(version.question.lesson or ""),
            objective=version.question.objective,
            level=version.document.get("level") or "",
            tags=frozenset(tags.get(version.question_id, ())),
        )
        for key, version in versions.items()
    }


def items_in(questions: QuestionQuerySet) -> dict[int, Item]:
    """Return what lines ask of the newest versions of the questions."""
    newest = [one.current for one in questions.with_current_version() if one.current]
    versions = QuestionVersion.objects.select_related("question")
    return items_of(versions.in_bulk(newest))


def available(questions: QuestionQuerySet, lines: list[Line]) -> int:
    """Return how many questions can be asked; without lines, all that there are."""
    return asked_by(lines, items_in(questions)) if lines else questions.count()
