"""Which screens does somebody's work open, and at which of them do they begin?

Whether work waits at a screen is known by packages above: they register, in
`AppConfig.ready` and by name, a function of the viewer and the moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
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
SEVERAL = Duty("reports", _("My institutions"))
SUPPORT = Duty("support", _("People support"))
EDITING = Duty("wagtailadmin_home", _("Editing"))
MANDATES = Duty("mandates", _("Mandates"))
APPROVALS = Duty("approvals", _("Approvals"))
LEARNING = "my_learning"
WAITING: dict[str, str] = {}  # by the name of a screen: who says that work waits there
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
    desks = BY_ROLE | {Role.MINISTRY: desk_of_ministry(held)}
    found = [duty for role, duty in desks.items() if role in roles]
    grants = Role.SECRETARIAT in roles or (Role.MINISTRY, None) in held
    if viewer.is_superuser:
        found.append(SUPPORT)
    if grants or viewer.is_superuser:
        found.append(MANDATES)
    if roles & DECIDE or viewer.is_superuser:
        found.append(APPROVALS)
    return found


def desk_of_ministry(held: Iterable[tuple[str, int | None]]) -> Duty:
    """Return the desk of who answers for one institution, or for several.

    `held` is the role and the institution of each mandate; a country's has none.
    """
    over = {institution for role, institution in held if role == Role.MINISTRY}
    is_one = len(over) == 1 and None not in over
    return BY_ROLE[Role.MINISTRY] if is_one else SEVERAL


def register_waiting(url_name: str, path: str) -> None:
    """Add the function at `path`, `waits_for(viewer, at)`, for that screen."""
    WAITING[url_name] = path


def work_of(viewer: User, *, on: date) -> list[Duty]:
    """Return the screens of what the viewer works at: their duties, and editing."""
    found = duties_of(viewer, on=on)
    if viewer.has_perm("wagtailadmin.access_admin"):
        found.append(EDITING)
    return found


def home_of(viewer: User, *, at: datetime) -> str:
    """Return the name of the screen at which somebody begins.

    Of several duties the first where work waits; who has none learns.
    """
    found = [duty.url_name for duty in work_of(viewer, on=timezone.localdate(at))]
    if len(found) < 2:
        return found[0] if found else LEARNING
    return next((name for name in found if waits(name, viewer, at=at)), found[0])


def waits(url_name: str, viewer: User, *, at: datetime) -> bool:
    path = WAITING.get(url_name)
    return path is not None and import_string(path)(viewer, at)
