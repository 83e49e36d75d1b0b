"""Who holds which mandate today? For administrators, and whoever reads the log."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country
from lms.people.countries import by_name
from lms.people.models import Mandate, User
from lms.people.models.mandates import MandateQuerySet

REGION = "region"
PLACES = {REGION: _("The region"), **dict(Country.choices)}


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or the region, and how many mandates are listed in it."""

    slug: str
    name: Any
    standing: int


def places(viewer: User, *, on: date) -> list[Place]:
    """Return every place with its number of mandates, in one query."""
    stands = _listed(viewer, on=on)
    count = Counter(stands.values_list("country", flat=True))
    return [
        Place(slug, name, count["" if slug == REGION else slug])
        for slug, name in [(REGION, PLACES[REGION]), *by_name()]
    ]


def holders(viewer: User, *, place: str, on: date) -> list[Mandate]:
    """Return the mandates that stand in a place, in one query."""
    stands = (
        _listed(viewer, on=on)
        .filter(country="" if place == REGION else place)
        .select_related("holder", "granted_by", "institution")
        .order_by("role", "institution__code", "holder__folded_name", "pk")
    )
    return list(stands)


def named_in(mandates: list[Mandate]) -> set[int]:
    """Return the keys of those whose names a list of these mandates shows."""
    return {one.holder_id for one in mandates} | {
        one.granted_by_id for one in mandates if not one.granted_by.shielded
    }


def _listed(viewer: User, *, on: date) -> MandateQuerySet:
    """Return the mandates that stand; shielded people are not even counted."""
    stands = Mandate.objects.visible_to(viewer, on=on).standing(on)
    return stands.filter(holder__shielded=False)
