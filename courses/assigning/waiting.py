"""Must somebody wait before they begin a course, because of their cohorts?"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from courses.assigning.rules import reasons_to_wait
from courses.assigning.standing import own_standing
from courses.models import Assignment
from lms.people.models import User
from lms.team.joining import is_over


def reasons_to_wait_for(person: User, *, course: UUID, at: datetime) -> list[str]:
    """Return why the person may not enrol in the course yet; empty when they may.

    Whoever is assigned it nowhere is asked nothing more than that. A cohort whose last
    day is over makes nobody wait.
    """
    on = timezone.localdate(at)
    assigned = Assignment.objects.own(person, on=on).standing()
    if not assigned.filter(course=course).exists():
        return []
    mine = own_standing(person, at=at)
    return reasons_to_wait(
        [
            one.state
            for one in mine
            if one.assignment.course_id == course
            and not is_over(one.assignment.cohort, at=at)
        ]
    )
