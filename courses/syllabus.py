"""What an enrolment asks for: the activities of its edition.

Editions never change, so the rows of each are read once and kept.
"""

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

    A holder who takes a delta edition is asked only for what the earlier one lacked,
    and for the lessons that are read again.
    """
    enrolments = list(enrolments)
    rows = syllabuses({enrolment.edition_id for enrolment in enrolments})
    known = known_before([e.edition for e in enrolments if not e.full])
    return {
        enrolment.pk: [
            row
            for row in rows[enrolment.edition_id]
            if enrolment.full or row.activity_id not in known[enrolment.edition_id]
        ]
        for enrolment in enrolments
    }


def known_before(editions: list[Edition]) -> dict[int, set[UUID]]:
    """Return what these editions do not ask of holders: what they know already."""
    former = before_the_run(editions)
    rows = syllabuses({*former, *former.values()} - {None})
    return {
        edition: {row.activity_id for row in rows.get(before, [])}
        - {row.activity_id for row in rows[edition] if row.read_again}
        for edition, before in former.items()
    }


def before_the_run(editions: Iterable[Edition]) -> dict[int, int | None]:
    """Return the edition that holders of the former run took, by these editions."""
    return {edition: one.previous_id for edition, one in openings(editions).items()}


def openings(editions: Iterable[Edition]) -> dict[int, Edition]:
    """Return what opened the run of each edition: a correction corrects it only."""
    editions = list(editions)
    corrected = [one for one in editions if one.kind == Edition.Kind.CORRECTION]
    rows = Edition.objects.filter(course__in={one.course_id for one in corrected})
    opened = {
        (one.course_id, one.run): one
        for one in rows.exclude(kind=Edition.Kind.CORRECTION).order_by("version")
    }
    return {
        one.pk: opened[one.course_id, one.run] if one in corrected else one
        for one in editions
    }


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
