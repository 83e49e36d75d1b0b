"""Which screens does somebody's work open? The links beside their own courses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.people.choices import Role
from lms.people.models import Mandate, User


@dataclass(frozen=True, slots=True)
class Duty:
    """A screen of somebody's work: the name of its address, and of its link."""

    url_name: str
    label: Any


BY_ROLE = {
    Role.TRAINER: Duty("team", _("My cohorts")),
    Role.MINISTRY: Duty("reports", _("My institution")),
    Role.PROTECTION: Duty("shielded_people", _("Shielded")),
    Role.COUNTRY_OWNER: Duty("country_owner", _("My country")),
    Role.SECRETARIAT: Duty("region", _("The region")),
}
SUPPORT = Duty("support", _("People support"))
MANDATES = Duty("mandates", _("Mandates"))
APPROVALS = Duty("approvals", _("Approvals"))
DECIDE = {Role.SECRETARIAT, Role.MINISTRY, Role.PROTECTION}  # as second people


def duties_of(viewer: User, *, on: date) -> list[Duty]:
    """Return the links for what the viewer may do today; one query, or none."""
    held = []
    if viewer.holds_mandate:
        held = list(
            Mandate.objects.filter(holder=viewer.pk)
            .standing(on)
            .values_list("role", "institution")
        )
    roles = {role for role, _institution in held}
    found = [duty for role, duty in BY_ROLE.items() if role in roles]
    grants = Role.SECRETARIAT in roles or (Role.MINISTRY, None) in held
    if viewer.is_superuser:
        found.append(SUPPORT)
    if grants or viewer.is_superuser:
        found.append(MANDATES)
    if roles & DECIDE or viewer.is_superuser:
        found.append(APPROVALS)
    return found
