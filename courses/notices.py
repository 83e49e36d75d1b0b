"""What is there for somebody besides their courses? Asked once, for all kinds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists
from django.utils import timezone

from courses.models import LedgerEntry
from lms.mandates.own import offers_to
from lms.people.models import CohortMember, User
from lms.team.joining import invitations_to


@dataclass(frozen=True, slots=True)
class Notices:
    """Whether a person learns in a cohort, is asked something, was ever in a room."""

    in_cohort: bool
    offered: bool
    invited: bool
    credited: bool


def notices_for(person: User, *, at: datetime) -> Notices:
    """Return them for a person who has signed in; one query, whatever there is."""
    on = timezone.localdate(at)
    asked = User.objects.own(person).annotate(
        in_cohort=Exists(CohortMember.objects.own(person).standing(on)),
        offered=Exists(offers_to(person, on=on)),
        invited=Exists(invitations_to(person, at=at)),
        credited=Exists(LedgerEntry.objects.own(person)),
    )
    found = asked.values("in_cohort", "offered", "invited", "credited").get()
    return Notices(**found)
