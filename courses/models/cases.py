"""How somebody walked through a case: under which text, as whom, deciding what."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from lms.people.choices import Track
from lms.people.scope import ScopedQuerySet

OVER = Q(finished_at__isnull=False, score__isnull=False)
UNDER_WAY = Q(finished_at=None, score=None)


class CaseVersion(models.Model):
    """A case as it was published at a time, in every language; it never changes."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="case_versions")
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a case")
        verbose_name_plural = _("versions of a case")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "digest"], name="a_text_of_a_case_is_kept_once"
            )
        ]

    def __str__(self):
        return self.digest[:12]


class CaseRunQuerySet(ScopedQuerySet):
    """Nobody else's: others see the completion, never how somebody came to it."""

    person_path = "enrolment__learner"

    def open(self):
        return self.filter(finished_at=None)

    def with_context(self):
        return self.select_related("enrolment__edition", "activity", "version")


class CaseRun(models.Model):
    """One walk through a case in one role, under the text of its first day.

    `failed_at` is when a critical error was made; `score` is percent of the best that
    the role could reach, `dimensions` the same of each; `asked` is the least score that
    passes, as it was told when the run began.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="case_runs")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="case_runs")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    role = models.CharField(_("role"), max_length=12, choices=Track)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    # Runs that began before a score was asked keep none.
    asked = models.PositiveSmallIntegerField(default=0, db_default=0)
    dimensions = models.JSONField(default=dict, blank=True)

    objects = CaseRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a case")
        verbose_name_plural = _("runs of a case")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(finished_at=None),
                name="one_open_run_per_enrolment_and_case",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "activity", "number"],
                name="runs_of_a_case_are_numbered",
            ),
            models.CheckConstraint(
                condition=OVER | UNDER_WAY, name="runs_are_scored_when_they_end"
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def is_passed(self) -> bool:
        """Whether it came to its end without a critical error, and earned enough."""
        return (
            self.finished_at is not None
            and self.failed_at is None
            and (self.score or 0) >= self.asked
        )


class CaseDecisionQuerySet(ScopedQuerySet):
    person_path = "run__enrolment__learner"


class CaseDecision(models.Model):
    """What was decided at one step; it is written once and stands."""

    run = models.ForeignKey(CaseRun, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=4)
    option = models.CharField(max_length=36)
    reasons = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    objects = CaseDecisionQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        verbose_name = _("decision in a case")
        verbose_name_plural = _("decisions in a case")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "position"], name="decisions_of_a_run_have_an_order"
            ),
            models.UniqueConstraint(
                fields=["run", "step"], name="a_step_of_a_run_is_decided_once"
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.step}"
