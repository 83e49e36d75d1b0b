"""Who holds which mandate today? For administrators, and whoever reads the log."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country
from lms.people.models import Mandate, User

REGION = "region"
PLACES = {REGION: _("The region"), **dict(Country.choices)}


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or the region, and how many mandates stand in it."""

    slug: str
    name: Any
    standing: int


@dataclass(frozen=True, slots=True)
class Holders:
    """The mandates that stand in a place; shielded people are counted, not listed."""

    listed: list[Mandate]
    shielded: int

    @property
    def people(self) -> set[int]:
        """Whose names the page shows."""
        return {m.holder_id for m in self.listed} | {
            m.granted_by_id for m in self.listed if not m.granted_by.shielded
        }


def places(viewer: User, *, on: date) -> list[Place]:
    """Return every place with its number of mandates, in one query."""
    stands = Mandate.objects.visible_to(viewer, on=on).standing(on)
    count = Counter(stands.values_list("country", flat=True))
    return [
        Place(slug, name, count["" if slug == REGION else slug])
        for slug, name in PLACES.items()
    ]


def holders(viewer: User, *, place: str, on: date) -> Holders:
    """Return who holds what in a place, in one query."""
    stands = (
        Mandate.objects.visible_to(viewer, on=on)
        .standing(on)
        .filter(country="" if place == REGION else place)
        .select_related("holder", "granted_by", "institution")
        .order_by("role", "institution__code", "holder__folded_name", "pk")
    )
    rows = list(stands)
    listed = [mandate for mandate in rows if not mandate.holder.shielded]
    return Holders(listed=listed, shielded=len(rows) - len(listed))
