"""Who looked at whom, and what was taken out: written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class AppendOnly(Exception):
    """Somebody tried to change or remove a line of the audit log."""


class EventQuerySet(ScopedQuerySet):
    """A person sees the events about themselves."""

    person_path = "subjects"

    def own(self, viewer):
        return self.if_signed_in(viewer).about(viewer)

    def about(self, person):
        """Keep the events that name the person, or an account that became theirs.

        The log is sealed: when two accounts become one, its lines stay as they are.
        """
        rows = EventSubject.objects.filter(
            models.Q(person=person.pk) | models.Q(person__merged_into=person.pk)
        )
        return self.filter(pk__in=rows.values("event"))

    def with_actor(self):
        """Bring along who did it, and the mandates they hold or held."""
        return self.select_related("actor").prefetch_related("actor__mandates")

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class Event(models.Model):
    """One look at people, or one export of their records."""

    class Kind(models.TextChoices):
        LOOK = "look", _("View")
        EXPORT = "export", _("Download")
        CHECK = "check", _("Name checked against a certificate")
        CHANGE = "change", _("Change by staff")
        DECISION = "decision", _("Decision of the superior")

    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_done",
    )
    purpose = models.CharField(max_length=60)
    fields = models.JSONField(default=list)
    subjects = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="EventSubject", related_name="events_about"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["actor", "at"], name="events_by_actor")]

    def __str__(self):
        return f"{self.kind} {self.purpose} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly


class EventSubjectQuerySet(ScopedQuerySet):
    person_path = "person"

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class EventSubject(models.Model):
    """One person whom an event is about."""

    event = models.ForeignKey(Event, models.PROTECT)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)

    objects = EventSubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="an_event_names_a_person_once"
            )
        ]

    def __str__(self):
        return f"{self.event_id}"


class Seal(models.Model):
    """One link of the chain that shows whether the log was touched.

    `digest` is a keyed hash over the digest of the link before, the number of events
    and the digest of each (`lms.audit.rules`): without the key, which is not in the
    database, nobody can write another chain.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("seal of the log")
        verbose_name_plural = _("seals of the log")

    def __str__(self):
        return f"{self.number}"


class SealedEventQuerySet(ScopedQuerySet):
    person_path = "event__subjects"


class SealedEvent(models.Model):
    """Which link sealed an event, and the event's own digest at that moment."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="sealed")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")
    digest = models.CharField(max_length=64)

    objects = SealedEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed event")
        verbose_name_plural = _("sealed events")

    def __str__(self):
        return f"{self.event_id}"


class AlarmQuerySet(ScopedQuerySet):
    """Nobody's to browse: administrators read them on the screen of support."""

    person_path = "actor"


class Alarm(models.Model):
    """That somebody looked at, or for, unusually many people within an hour.

    Another administrator puts it away, never the one it is about.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="alarms"
    )
    hour_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(default=0)  # addresses that nobody has
    usual = models.PositiveIntegerField()  # the most in an hour of the 30 days before
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alarms_read",
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "hour_at"], name="one_alarm_per_person_and_hour"
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="alarms_that_were_read_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=F("actor")),
                name="nobody_reads_their_own_alarm",
            ),
        ]

    def __str__(self):
        return f"{self.hour_at:%Y-%m-%d %H}"
