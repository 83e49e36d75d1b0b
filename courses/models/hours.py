"""How many hours did somebody earn away from the screen, and for what?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.practice import Observation
from courses.models.workshops import Workshop
from lms.audit.models import AppendOnly
from lms.people.scope import ScopedQuerySet


class LedgerQuerySet(ScopedQuerySet):
    """In sight of those to whom the person belonged when the hours were entered."""

    person_path = "person"
    dated_by = ("at",)

    def counting(self):
        """Keep the entries that no counter-entry takes back, and are none."""
        return self.filter(corrects=None, corrected_by=None)

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class LedgerEntry(models.Model):
    """Minutes earned in person, on a day of the place where it was.

    Written once: what was wrong is taken back by a counter-entry of as many minutes
    below zero, so that the sum is right and the mistake can be read.
    """

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        PRACTICE = "practice", _("observed practice")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger"
    )
    minutes = models.SmallIntegerField(_("minutes"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    on = models.DateField(_("day"))
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, null=True, blank=True, related_name="ledger"
    )
    observation = models.OneToOneField(
        Observation, models.PROTECT, null=True, blank=True, related_name="entry"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_entries_made"
    )

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of hours")
        verbose_name_plural = _("entries of hours")
        indexes = [models.Index(fields=["person", "on"], name="ledger_by_person_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, minutes__gt=0)
                | Q(corrects__isnull=False, minutes__lt=0),
                name="only_counter_entries_take_minutes_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind="workshop") | Q(workshop__isnull=False),
                name="hours_of_a_workshop_say_which",
            ),
            models.CheckConstraint(
                condition=~Q(kind="practice") | Q(observation__isnull=False),
                name="hours_of_observed_practice_say_which",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.on} {self.minutes}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
