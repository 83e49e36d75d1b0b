"""How many people hold which mandate in each country? Figures only, never a person.

Whoever reads them reads the list of the mandates as well, so shielded people are not
counted; of the seats of the officers for shielded people, only whether both are taken.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from lms.people.choices import Role
from lms.people.countries import by_name
from lms.people.models import Mandate, User
from lms.people.models.mandates import SEATS, taken_behind_a_shield
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
    """One country: how many people hold each mandate, and how many offers wait.

    `seated` is how many seats of officers for shielded people are held or offered.
    """

    country: str
    name: Any
    trainers: int = 0
    country_officers: int = 0
    institution_officers: int = 0
    owners: int = 0
    protection: int = 0
    seated: int = 0
    waiting: int = 0

    @property
    def is_full(self) -> bool:
        return self.seated >= len(SEATS)


def region(viewer: User, *, on: date) -> list[Line]:
    """Return a line for each country, in one query."""
    stands = standing_mandate(on) & Q(holder__shielded=False)
    open_ones = Q(declined_at=None, ended_at=None, until_on__gte=on)
    unanswered = Q(accepted_at=None) | Q(taken_behind_a_shield())
    counted = (
        Mandate.objects.visible_to(viewer, on=on)
        .exclude(country="")
        .values("country")
        .annotate(
            waiting=Count("pk", filter=open_ones & unanswered),
            seated=Count("seat", filter=open_ones),
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
        for code, label in by_name()
    ]
