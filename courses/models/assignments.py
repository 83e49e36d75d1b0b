"""Which cohort takes which course until when, and for whom it is different."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Course
from courses.timing import MOST_EXTRA_MINUTES
from lms.people.models import Cohort, CohortMember
from lms.people.scope import ScopedQuerySet, cohorts_in_sight_of


class AssignmentQuerySet(ScopedQuerySet):
    """In sight of those who train the cohort; what a member takes is `own`."""

    person_path = "cohort__trainers"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(
            cohorts_in_sight_of(viewer, on=on, path="cohort__")
        )

    def own(self, viewer, *, on=None):
        """Keep those of the cohorts at work in which the viewer learns that day."""
        rows = CohortMember.objects.own(viewer).standing(on or timezone.localdate())
        return self.if_signed_in(viewer).filter(
            cohort__in=rows.values("cohort"), cohort__archived_at=None
        )

    def standing(self):
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_order(self):
        """Order them as the programme goes."""
        return self.order_by("position", "assigned_at", "pk")


class Assignment(models.Model):
    """A course that the members of a cohort take, one after the other by `position`.

    Due on a day, or so many days after a member joined (or the assignment was made, if
    later); or never. `after` is the one that must be completed first.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField(default=1)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_after_days = models.PositiveSmallIntegerField(
        _("days to finish"), null=True, blank=True
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments_made"
    )
    assigned_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "course"],
                condition=Q(withdrawn_at=None),
                name="a_cohort_is_assigned_a_course_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_after_days=None),
                name="assignments_are_due_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None)
                | Q(opens_on=None)
                | Q(due_on__gte=models.F("opens_on")),
                name="assignments_are_due_after_they_open",
            ),
        ]

    def __str__(self):
        return str(self.id)


class AssignmentExceptionQuerySet(ScopedQuerySet):
    """In sight with the person, of those whose sight of them is of today."""

    person_path = "person"
    dated_by = ()

    def standing(self):
        return self.filter(ended_at=None)


class AssignmentException(models.Model):
    """That one member has until another day, or more attempts or minutes, and why.

    The newest that stands counts; another one ends it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="exceptions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignment_exceptions"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    extra_minutes = models.PositiveSmallIntegerField(
        _("extra minutes"), default=0, db_default=0
    )
    reason = models.CharField(_("reason"), max_length=255)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignment_exceptions_made",
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception to an assignment")
        verbose_name_plural = _("exceptions to assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"],
                condition=Q(ended_at=None),
                name="one_standing_exception_per_assignment_and_person",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exceptions_say_why"),
            models.CheckConstraint(
                condition=Q(extra_minutes__lte=MOST_EXTRA_MINUTES),
                name="exceptions_give_minutes_not_days",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
