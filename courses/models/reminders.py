"""Who was reminded of what they have to finish, by whom or by the clock?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.assignments import Assignment
from lms.people.models import Cohort
from lms.people.scope import ScopedQuerySet


class ReminderQuerySet(ScopedQuerySet):
    """In sight of those to whom the person belonged when they were reminded."""

    person_path = "person"
    dated_by = ("at",)

    def to_the_person(self):
        """Keep those about what is open, not what a superior was told of the overdue.

        Of a superior who is asked again, the person is reminded through them.
        """
        return self.exclude(kind=Reminder.Kind.ESCALATION)


class Reminder(models.Model):
    """That a member of a cohort was written to, or their superior about them.

    `event` names what it was about, as the event of its letter does: the same is
    written once, however often and by however many it is asked for.
    """

    class Kind(models.TextChoices):
        BY_HAND = "by-hand", _("sent by a trainer")
        BEFORE = "before", _("before a due date")
        AFTER = "after", _("after a due date")
        ESCALATION = "escalation", _("superior told")

    event = models.CharField(max_length=200, unique=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders"
    )
    # None: of everything that is open. By hand with one: its superior was asked again.
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders_sent",
    )
    at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [models.Index(fields=["person", "at"], name="reminders_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="by-hand", by__isnull=False)
                | (~Q(kind="by-hand") & Q(by=None, assignment__isnull=False)),
                name="reminders_are_by_a_trainer_or_of_an_assignment",
            ),
        ]

    def __str__(self):
        return self.event

    @property
    def asks_superior(self):
        """Whether a superior was reminded of a question that waits for their answer."""
        return self.kind == self.Kind.BY_HAND and self.assignment_id is not None


class ReminderClockQuerySet(ScopedQuerySet):
    """Nobody's to browse; whether somebody may be reminded is asked by a rule."""

    person_path = "person"


class ReminderClock(models.Model):
    """When the last reminder to a person left or leaves, whoever's and of whatever.

    `batch` names the sending that won it, where several come at once.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminder_clock"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    batch = models.UUIDField(default=uuid4)

    objects = ReminderClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("time of the last reminder")
        verbose_name_plural = _("times of the last reminders")

    def __str__(self):
        return f"{self.person_id}"
