"""Which reports were taken away, kept for later, or are made by the clock, by whom?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.audit.models import Event, EventSubject
from lms.people.choices import Language, Role
from lms.people.models import Mandate
from lms.people.scope import ScopedQuerySet, standing_mandates

FORMAT_LENGTH = 10


class ReportFileQuerySet(ScopedQuerySet):
    """Whoever asked for a file sees it, and nobody else."""

    person_path = "owner"

    def to_make(self):
        """Keep those that wait for a worker, and for nobody's word."""
        return self.filter(
            Q(needs_second=False) | Q(approved_at__isnull=False),
            ready_at=None,
            failed_at=None,
            turned_down_at=None,
        )

    def kept(self):
        """Keep those of which there is a file."""
        return self.exclude(name="")

    def downloadable(self, *, at):
        """Keep those whose file may be fetched: whole, in time, and still theirs."""
        rows = self.kept().filter(ready_at__isnull=False, until_at__gt=at)
        return rows.still_theirs(on=timezone.localdate(at)).still_shown()

    def still_theirs(self, *, on):
        """Keep those whose every mandate stands, as it did when they were asked for."""
        theirs = Mandate.objects.filter(report_files=OuterRef("pk"))
        ended = theirs.exclude(pk__in=Mandate.objects.standing(on).values("pk"))
        return self.filter(Exists(theirs), ~Exists(ended))

    def still_shown(self):
        """Keep those in which nobody stands who must not be named any more."""
        hidden = EventSubject.objects.filter(
            Q(person__shielded=True) | Q(person__erased_at__isnull=False),
            event=OuterRef("event"),
        )
        return self.filter(~Exists(hidden))

    def agreeable_to(self, viewer, *, on):
        """Keep those for which this person may be the second one.

        They hold, that day, mandates over all that the file is about, or above it.
        """
        held = standing_mandates(viewer, Role.MINISTRY, on=on).filter(
            Q(institution=None, country=OuterRef("country"))
            | Q(institution=OuterRef("institution"))
            | Q(institution=OuterRef("institution__parent"))
        )
        theirs = Mandate.objects.filter(report_files=OuterRef("pk"))
        return self.filter(Exists(theirs), ~Exists(theirs.filter(~Exists(held))))


class ReportFile(models.Model):
    """One file of a report: what was asked for, what became of it, until when it stays.

    `mandates` are those by which its owner saw what stands in it. Its file is written
    under another name and is there only once `ready_at` says so.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_files"
    )
    mandates = models.ManyToManyField(Mandate, related_name="report_files")
    schedule = models.ForeignKey(
        "certificates.Schedule",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="files",
    )
    asked = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    language = models.CharField(max_length=2, choices=Language)
    format = models.CharField(max_length=FORMAT_LENGTH)
    asked_at = models.DateTimeField()
    people = models.PositiveIntegerField()  # when it was asked for
    needs_second = models.BooleanField(default=False)
    # Of a schedule's file: its owner asked for it now, and not the clock.
    by_hand = models.BooleanField(default=False, db_default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    turned_down_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    task = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, blank=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        indexes = [
            models.Index(fields=["owner", "-asked_at"], name="files_by_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None, until_at=None, event=None, name="")
                | Q(
                    ready_at__isnull=False, until_at__isnull=False, event__isnull=False
                ),
                name="files_that_are_ready_say_until_when_and_stand_in_the_log",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, trouble="")
                | (Q(failed_at__isnull=False, ready_at=None) & ~Q(trouble="")),
                name="files_that_could_not_be_made_say_why",
            ),
        ]

    def __str__(self):
        return f"{self.format} {self.uuid}"

    @property
    def waited_for(self) -> bool:
        """Whether its owner has just asked for it: nobody waits for the clock."""
        return self.by_hand or self.schedule_id is None


class SavedReportQuerySet(ScopedQuerySet):
    """Whoever saved a report sees it, and nobody else."""

    person_path = "owner"


class SavedReport(models.Model):
    """What somebody asks a report for again and again, under a name of theirs."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_reports"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="saved_reports")
    name = models.CharField(_("name"), max_length=80)
    asked = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    made_at = models.DateTimeField()

    objects = SavedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="one_saved_report_per_owner_and_name"
            )
        ]

    def __str__(self):
        return self.name


class ScheduleQuerySet(ScopedQuerySet):
    """A schedule is seen with the report that it makes."""

    person_path = "report__owner"

    def running(self):
        return self.filter(stopped_at=None)

    def due(self, at):
        return self.running().filter(next_at__lte=at)


class Schedule(models.Model):
    """When a saved report is made by itself, as which file; it stops for good."""

    class Every(models.TextChoices):
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    report = models.ForeignKey(SavedReport, models.CASCADE, related_name="schedules")
    every = models.CharField(max_length=5, choices=Every)
    day = models.PositiveSmallIntegerField()  # of the week from 0, or of the month
    format = models.CharField(max_length=FORMAT_LENGTH)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=20, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule of a report")
        verbose_name_plural = _("schedules of reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(every="week", day__lte=6)
                | Q(every="month", day__gte=1, day__lte=28),
                name="schedules_name_a_day_that_every_week_or_month_has",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_why="")
                | (Q(stopped_at__isnull=False) & ~Q(stopped_why="")),
                name="schedules_that_stopped_say_why",
            ),
        ]

    def __str__(self):
        return f"{self.every} {self.uuid}"


class ScheduleRecipientQuerySet(ScopedQuerySet):
    """Who gets a report is seen by whoever schedules it."""

    person_path = "schedule__report__owner"


class ScheduleRecipient(models.Model):
    """Somebody for whom a schedule makes a file, within what they see themselves."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports_received"
    )

    objects = ScheduleRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of a report")
        verbose_name_plural = _("recipients of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "person"],
                name="a_schedule_names_a_recipient_once",
            )
        ]

    def __str__(self):
        return f"{self.pk}"
