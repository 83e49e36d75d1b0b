"""What an enrolment asks for: the activities of its edition, and which are live."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from wagtail.models import Page

from courses.models import Edition, EditionActivity, Enrolment
from courses.rules import Asked


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
    rows = defaultdict(list)
    for row in EditionActivity.objects.filter(
        edition__in={enrolment.edition_id for enrolment in enrolments}
    ).select_related("activity"):
        rows[row.edition_id].append(row)
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
    known = defaultdict(set)
    before = {edition.previous_id for edition in editions}
    if before:
        for edition, activity in EditionActivity.objects.filter(
            edition__in=before
        ).values_list("edition", "activity"):
            known[edition].add(activity)
    return known


def asked_of(rows: list[EditionActivity], *, track: str) -> list[Asked]:
    """Return the activities as the rules read them, for one track."""
    return [
        Asked(
            activity=row.activity_id,
            required=track in row.required_for,
            is_test=row.activity.kind == row.activity.Kind.FINAL,
        )
        for row in rows
    ]


def live_keys(keys: list[UUID]) -> set[UUID]:
    """Return which activities have a live page in any language."""
    return set(
        Page.objects.live()
        .filter(translation_key__in=keys)
        .values_list("translation_key", flat=True)
    )
