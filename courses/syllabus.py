"""What an enrolment asks for: the activities of its edition.

Editions never change, so the rows of each are read once and kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.cache import caches

from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Enrolment
from courses.rules import Asked

SECONDS = 600


def give_editions(enrolments: Iterable[Enrolment]) -> None:
    """Let each enrolment have its edition, which is read once for all."""
    enrolments = list(enrolments)
    keys = {f"edition:{one.edition_id}": one.edition_id for one in enrolments}
    kept = caches["pages"].get_many(keys)
    missing = [edition for key, edition in keys.items() if key not in kept]
    if missing:
        read = {f"edition:{e.pk}": e for e in Edition.objects.filter(pk__in=missing)}
        caches["pages"].set_many(read, SECONDS)
        kept |= read
    for one in enrolments:
        one.edition = kept[f"edition:{one.edition_id}"]


def activities_of(enrolment: Enrolment) -> list[EditionActivity]:
    """Return the activities that the enrolment covers, in their order."""
    return activities_of_each([enrolment])[enrolment.pk]


def activities_of_each(
    enrolments: Iterable[Enrolment],
) -> dict[UUID, list[EditionActivity]]:
    """Return the activities that each enrolment covers, by the enrolment's key.

    A holder who takes a delta edition is asked only for what the earlier one lacked.
    """
    enrolments = list(enrolments)
    rows = syllabuses({enrolment.edition_id for enrolment in enrolments})
    known = known_before([e.edition for e in enrolments if not e.full])
    return {
        enrolment.pk: [
            row
            for row in rows[enrolment.edition_id]
            if enrolment.full
            or row.activity_id not in known[enrolment.edition.previous_id]
        ]
        for enrolment in enrolments
    }


def known_before(editions: list[Edition]) -> dict[int | None, set[UUID]]:
    """Return the activities of the editions that these build on, by edition."""
    rows = syllabuses({edition.previous_id for edition in editions} - {None})
    known = defaultdict(set)
    for edition, syllabus in rows.items():
        known[edition] = {row.activity_id for row in syllabus}
    return known


def syllabuses(editions: set[int]) -> dict[int, list[EditionActivity]]:
    """Return the activities of each edition, in their order; at most one query."""
    kept = caches["pages"].get_many([f"syllabus:{edition}" for edition in editions])
    found = {rows[0].edition_id: rows for rows in kept.values()}
    missing = editions - found.keys()
    return found | _read(missing) if missing else found


def _read(editions: set[int]) -> dict[int, list[EditionActivity]]:
    found: dict[int, list[EditionActivity]] = {edition: [] for edition in editions}
    for row in EditionActivity.objects.filter(edition__in=editions).select_related(
        "activity"
    ):
        found[row.edition_id].append(row)
    caches["pages"].set_many(
        {f"syllabus:{edition}": rows for edition, rows in found.items() if rows},
        SECONDS,
    )
    return found


def asked_of(rows: Sequence[EditionActivity], *, track: str) -> list[Asked]:
    """Return the activities as the rules read them, for one track."""
    return [
        Asked(
            activity=row.activity_id,
            required=track in row.required_for,
            is_test=row.activity.kind == row.activity.Kind.FINAL,
        )
        for row in rows
    ]
