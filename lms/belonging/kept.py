"""What is kept of the other name that somebody asked their institution for?"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.kept import Kept, day
from lms.people.models import NameRequest, User
from lms.people.rules import UNDECIDED_KEPT


def lines(person: User, language: str) -> list[Kept]:
    """Return the names asked for; of who asked for none, nothing is said."""
    rows = list(NameRequest.objects.own(person).order_by("-asked_at"))
    if not rows:
        return []
    days = UNDECIDED_KEPT.days
    return [
        Kept(
            what=_("Another name that you asked for"),
            values=[f"{row.after}, {day(row.asked_at)}: {row.reason}" for row in rows],
            why=_("So that your institution knows whom it confirmed."),
            how_long=ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
            who=_(
                "You and whoever confirms your post; of shielded people, only the "
                "officers for them. Support staff, of who is not shielded."
            ),
            url=reverse("people_profile"),
        )
    ]
