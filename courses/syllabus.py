"""What an enrolment asks for: the activities of its edition, and which are live."""

from uuid import UUID

from wagtail.models import Page

from courses.models import Edition, EditionActivity, Enrolment
from courses.rules import Asked


def activities_of(enrolment: Enrolment) -> list[EditionActivity]:
    """Return the activities that the enrolment covers, in their order.

    A holder who takes a delta edition is asked only for what the earlier one lacked.
    """
    rows = enrolment.edition.activities.select_related("activity")
    if not enrolment.full:
        known = known_before(enrolment.edition)
        rows = [row for row in rows if row.activity_id not in known]
    return list(rows)


def known_before(edition: Edition) -> set[UUID]:
    """Return the activities of the edition that a delta edition builds on."""
    return set(
        EditionActivity.objects.filter(edition=edition.previous_id).values_list(
            "activity_id", flat=True
        )
    )


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
