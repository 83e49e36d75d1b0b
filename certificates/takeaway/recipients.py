"""To whom may a report be sent by the clock? Who holds a mandate of the same scope."""

from datetime import date

from django.db.models import QuerySet

from lms.people.choices import Role
from lms.people.models import Mandate


def same_scope(mandate: Mandate, *, on: date) -> QuerySet[Mandate]:
    """Return the ministry mandates that stand over the same country or institution.

    Shielded people stand in no list, and get nothing that names them as one of it.
    """
    return (
        Mandate.objects.standing(on)
        .filter(
            role=Role.MINISTRY,
            country=mandate.country,
            institution=mandate.institution_id,
            holder__shielded=False,
        )
        .select_related("holder")
        .order_by("holder__folded_name", "holder")
    )
