"""Telling the members of a cohort that they were assigned something."""

from datetime import datetime

from django.utils import timezone

from courses.assigning import rules
from lms.mail.outbox import letter_to, post
from lms.people.models import Cohort, CohortMember


def tell_members(cohort: Cohort, *, at: datetime) -> int:
    """Post a letter to each member of that day; return to how many.

    One per person and day on which it leaves, in office hours of the cohort, however
    many courses were assigned by then. Whoever joins later is told by their invitation.
    """
    on = rules.day_of_the_letter(at, zone=cohort.zone)
    members = (
        CohortMember.objects.standing(timezone.localdate(at))
        .filter(cohort=cohort, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    return post(
        letter_to(
            row.person,
            event=f"assigned:{cohort.uuid}:{row.person.uuid}:{on}",
            template="assigned",
            facts={"cohort": str(cohort.uuid), "on": str(on)},
            at=at,
            urgent=False,
            zone=cohort.zone,
        )
        for row in members
    )
