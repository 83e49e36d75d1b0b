"""What does learning say of a cohort that is archived? Courses, and hours in person.

Figures for `lms.team.record`: nobody is named, and shielded people are not counted.
"""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.assigning.programme import programme_of
from courses.models import Workshop
from lms.people.models import Cohort
from lms.people.zones import day_of
from lms.team.record import Line


def lines(cohort: Cohort, at: datetime) -> list[Line]:
    """Return how many completed each course, and how many came to each workshop."""
    programme = programme_of(cohort, language=get_language(), at=at)
    completed = [
        Line(
            _("Courses completed"),
            one.title,
            _("%(done)s of %(people)s") % {"done": one.done, "people": one.people},
        )
        for one in programme
    ]
    held = Workshop.objects.filter(cohort=cohort, cancelled_at=None)
    present = Q(attendance__present=True, attendance__person__shielded=False)
    held = held.annotate(came=Count("attendance", filter=present))
    attended = [
        Line(_("People at workshops"), _named(workshop, cohort), workshop.came)
        for workshop in held.order_by("starts_at", "pk")
    ]
    return completed + attended


def _named(workshop: Workshop, cohort: Cohort) -> str:
    day = date_format(day_of(workshop.starts_at, zone=cohort.zone), "DATE_FORMAT")
    return f"{workshop.title}, {day}"
