"""Which lessons were rewritten since an edition was opened, and in what?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language
from wagtail.models import Revision

from courses.comparing.pages import Change, changes_between
from courses.models.editions import Edition, EditionActivity
from courses.models.identity import Activity
from courses.syllabus import before_the_run, syllabuses
from courses.tree import Node

SECONDS = 600


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A lesson whose text is another one now; `changes` in the first such language."""

    key: UUID
    number: str
    title: str
    changes: list[Change]


def rewritten_since(edition: Edition | None, nodes: Iterable[Node]) -> list[Rewritten]:
    """Return the lessons of the live tree that say other than in that edition."""
    if edition is None:
        return []
    rows = {row.activity_id: row for row in syllabuses({edition.pk})[edition.pk]}
    found = []
    for node in nodes:
        row = rows.get(node.key)
        if row is None or row.activity.kind != Activity.Kind.LESSON:
            continue
        changes = _changes(row.revisions, node.revisions, settings.LANGUAGE_CODE)
        if changes:
            found.append(Rewritten(node.key, node.number, node.page.title, changes))
    return found


def asked_again(edition: Edition, *, language: str) -> list[Rewritten]:
    """Return the lessons that a holder reads again, in the order of the edition.

    An edition never changes, so what it rewrote is found once and kept.
    """
    return caches["pages"].get_or_set(
        f"again:{edition.pk}:{language}:{get_language()}",
        lambda: _asked_again(edition, language),
        SECONDS,
    )


def _asked_again(edition: Edition, language: str) -> list[Rewritten]:
    again = [row for row in syllabuses({edition.pk})[edition.pk] if row.read_again]
    former = before_the_run([edition])[edition.pk]
    before = {
        row.activity_id: row.revisions
        for row in EditionActivity.objects.filter(edition=former)
    }
    return [
        Rewritten(
            row.activity_id,
            row.number,
            row.title(language),
            _changes(before.get(row.activity_id, {}), row.revisions, language),
        )
        for row in again
    ]


def _changes(
    before: dict[str, int], after: dict[str, int], language: str
) -> list[Change]:
    """Return what differs in `language`, else in the first other one that does."""
    for code in sorted(after, key=lambda one: one != language):
        keys = [before.get(code), after[code]]
        if keys[0] == keys[1]:
            continue
        kept = Revision.objects.in_bulk([key for key in keys if key])
        if len(kept) == len(keys):
            old, new = (kept[key].as_object() for key in keys)
            if changes := changes_between(old, new):
                return changes
    return []
