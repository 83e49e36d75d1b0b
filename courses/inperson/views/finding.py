"""A cohort and its workshop within the trainer's sight; anybody else's is a 404."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop

from courses.inperson.workshops import workshops_of
from courses.models import Workshop
from lms.people.models import Cohort, CohortMember
from lms.team.cohorts import members_of

PURPOSE = gettext_noop("training in a room")
NAME = gettext_noop("name")


def cohort_in_sight(request, key) -> Cohort:
    rows = Cohort.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(rows, uuid=key)


def cohort_at_work(request, key) -> Cohort:
    """Return one that may be changed: an archived one may not."""
    rows = Cohort.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(rows.at_work(), uuid=key)


def workshop_in_sight(request, cohort: Cohort, key) -> Workshop:
    rows = workshops_of(cohort, viewer=request.user, on=timezone.localdate())
    return get_object_or_404(rows, uuid=key)


def member_in_sight(request, cohort: Cohort, key) -> CohortMember:
    rows = members_of(cohort, viewer=request.user, on=timezone.localdate())
    return get_object_or_404(rows.filter(person__uuid=key)[:1])
