"""Who looked at whom, and what was taken out: written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class AppendOnly(Exception):
    """Somebody tried to change or remove a line of the audit log."""


class EventQuerySet(ScopedQuerySet):
    """A person sees the events about themselves."""

    person_path = "subjects"

    def about(self, person):
        """Keep the events that name the person."""
        return self.filter(subjects=person)

    def with_actor(self):
        return self.select_related("actor")

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
