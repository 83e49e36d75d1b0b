"""Who takes which course under which edition, and what they have completed."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.editions import Edition
from courses.models.identity import Activity, Course
from lms.people.choices import Language, Track
from lms.people.models import Affiliation
from lms.people.scope import ScopedQuerySet

OPEN = Q(completed_at=None, withdrawn_at=None)


class EnrolmentQuerySet(ScopedQuerySet):
    person_path = "learner"
    dated_by = ("enrolled_at", "completed_at", "withdrawn_at")

    def open(self):
        """Keep the enrolments neither completed nor withdrawn."""
        return self.filter(OPEN)

    def completed(self):
        return self.exclude(completed_at=None)

    def withdrawn(self):
        return self.exclude(withdrawn_at=None)

    def of_learner(self, learner, *, course):
        """Keep what a learner did not leave: the open one, then those completed."""
        return self.filter(
            learner=learner.pk, course=course, withdrawn_at=None
        ).order_by(F("completed_at").desc(nulls_first=True), "pk")

    def with_edition(self):
        return self.select_related("edition", "course")


class Enrolment(models.Model):
    """A learner in a course, under one edition, with the track of that day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments")
    track = models.CharField(_("profession"), max_length=12, choices=Track)
    affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # False: owes only the new parts of a delta edition, and earns no certificate anew.
    full = models.BooleanField(default=True)
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=OPEN,
                name="one_open_enrolment_per_learner_and_course",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("enrolled_at")),
                name="completed_after_enrolled",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(withdrawn_at=None),
                name="an_enrolment_is_not_both_completed_and_withdrawn",
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.withdrawn_at is None


class CompletionQuerySet(ScopedQuerySet):
    person_path = "enrolment__learner"
    dated_by = ("at",)


class Completion(models.Model):
    """The fact that an activity was completed, when, and which text was read."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="completions")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="completions")
    at = models.DateTimeField()
    language = models.CharField(max_length=2, choices=Language)
    revision = models.BigIntegerField(null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        # What was done lately is drawn into reports every minute.
        indexes = [models.Index(fields=["at"], name="completions_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                name="an_activity_is_completed_once_per_enrolment",
            )
        ]

    def __str__(self):
        return f"{self.activity_id} {self.at:%Y-%m-%d}"
