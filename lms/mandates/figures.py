"""How many people hold which mandate in each country? Figures only, never a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from lms.people.choices import Country, Role
from lms.people.models import Mandate, User
from lms.people.scope import standing_mandate

WITHIN = Q(institution__isnull=False)
COUNTED = {
    "trainers": Q(role=Role.TRAINER),
    "country_officers": Q(role=Role.MINISTRY) & ~WITHIN,
    "institution_officers": Q(role=Role.MINISTRY) & WITHIN,
    "owners": Q(role=Role.COUNTRY_OWNER),
    "protection": Q(role=Role.PROTECTION),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One country: how many people hold each mandate, and how many offers wait."""

    country: str
    name: Any
    trainers: int = 0
    country_officers: int = 0
    institution_officers: int = 0
    owners: int = 0
    protection: int = 0
    waiting: int = 0


def region(viewer: User, *, on: date) -> list[Line]:
    """Return a line for each country, in one query."""
    stands = standing_mandate(on)
    waits = Q(accepted_at=None, declined_at=None, ended_at=None, until_on__gte=on)
    counted = (
        Mandate.objects.visible_to(viewer, on=on)
        .exclude(country="")
        .values("country")
        .annotate(
            waiting=Count("pk", filter=waits),
            **{
                name: Count("holder", filter=which & stands, distinct=True)
                for name, which in COUNTED.items()
            },
        )
        .order_by()
    )
    found = {row["country"]: row for row in counted}
    return [
        Line(name=label, **found.get(code, {"country": code}))
        for code, label in Country.choices
    ]
