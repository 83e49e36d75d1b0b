"""Which cohort, assignment and member does a trainer's address name, within sight?"""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop

from courses.models import Assignment
from lms.people.models import Cohort, CohortMember
from lms.team.cohorts import members_of

PURPOSE = gettext_noop("assigned courses")
FIELDS = [gettext_noop("name"), gettext_noop("course"), gettext_noop("due on")]


def cohort_in_sight(request: HttpRequest, key: UUID) -> Cohort:
    return get_object_or_404(
        Cohort.objects.visible_to(request.user, on=timezone.localdate()), uuid=key
    )


def assignment_in_sight(request: HttpRequest, cohort: Cohort, key: UUID) -> Assignment:
    """Return a standing assignment of the cohort; one that was withdrawn is a 404."""
    rows = Assignment.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(
        rows.standing().select_related("course", "cohort"), cohort=cohort, pk=key
    )


def member_in_sight(request: HttpRequest, cohort: Cohort, key: UUID) -> CohortMember:
    members = members_of(cohort, viewer=request.user, on=timezone.localdate())
    return get_object_or_404(members.filter(person__uuid=key)[:1])
