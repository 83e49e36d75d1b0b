"""Which trainings, besides workshops of cohorts, may everybody in the region see?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country, Language, Role
from lms.people.scope import ScopedQuerySet, standing_mandates


class TrainingQuerySet(ScopedQuerySet):
    """Theirs to change: trainers those of their country, the secretariat all.

    Everybody reads what is in the calendar; this is about who writes there.
    """

    person_path = "entered_by"

    def visible_to(self, viewer, *, on=None):
        rows, on = self.if_signed_in(viewer), on or timezone.localdate()
        region = standing_mandates(viewer, Role.SECRETARIAT, on=on)
        trainers = standing_mandates(viewer, Role.TRAINER, on=on)
        return rows.filter(
            Exists(region) | Exists(trainers.filter(country=OuterRef("country")))
        )

    def standing(self):
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Training(models.Model):
    """An announcement: what, where, for whom; whom to ask is an institution's page."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title_es = models.CharField(_("title in Spanish"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    place = models.CharField(_("venue"), max_length=200)
    organiser = models.CharField(_("organiser"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    open_to = models.CharField(_("open to"), max_length=200)
    contact = models.URLField(_("page to ask at"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainings_entered"
    )
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="trainings_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(country__in=Country.values),
                name="trainings_are_in_a_country_of_the_region",
            ),
        ]

    def __str__(self):
        return self.title_es

    def title(self, language: str) -> str:
        return self.title_en if language == Language.ENGLISH else self.title_es
