"""Opening and closing the code on the wall of a room."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from lms.people.models import Cohort, JoinCode, User
from lms.refusals import Refused
from lms.team import rules
from lms.team.joining import is_over


@transaction.atomic
def open_code(
    cohort: Cohort, *, by: User, places: int, hours: int, at: datetime
) -> JoinCode:
    """Open a code by which so many people join; the one open until now is closed."""
    # First of all a write, so that two trainers of a cohort wait for each other.
    at_work = Cohort.objects.at_work().filter(pk=cohort.pk).update(archived_at=None)
    refused = rules.code_refusals(
        archived=not at_work, over=is_over(cohort, at=at), places=places, hours=hours
    )
    if refused:
        raise Refused(*refused)
    JoinCode.objects.filter(cohort=cohort, closed_at=None).update(closed_at=at)
    return JoinCode.objects.create(
        cohort=cohort,
        code=rules.new_code(secrets.choice),
        places=places,
        opened_by=by,
        opened_at=at,
        until_at=at + timedelta(hours=hours),
    )


def close_code(cohort: Cohort, *, at: datetime) -> None:
    """Close the cohort's code now; closing it again changes nothing."""
    JoinCode.objects.filter(cohort=cohort, closed_at=None).update(closed_at=at)
