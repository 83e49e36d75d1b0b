"""Who else may have to do with a file: get it by the clock, or agree to it?"""

from datetime import date

from django.db.models import QuerySet

from certificates.models import ReportFile
from lms.people.choices import Role
from lms.people.models import Mandate, User


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


def second_people(file: ReportFile, *, on: date) -> list[User]:
    """Return who may agree, that day, to a large file that somebody else asked for."""
    held = Mandate.objects.standing(on).filter(
        role=Role.MINISTRY, country__in=file.mandates.values("country")
    )
    colleagues = User.objects.filter(pk__in=held.values("holder"))
    this = ReportFile.objects.filter(pk=file.pk)
    return [
        colleague
        for colleague in colleagues.exclude(pk=file.owner_id).order_by("pk")
        if this.agreeable_to(colleague, on=on).exists()
    ]
