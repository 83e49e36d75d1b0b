"""What did a trainer observe of somebody's practice, and sign?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.audit.models import AppendOnly
from lms.people.models import Cohort
from lms.people.scope import ScopedQuerySet, cohorts_in_sight_of


class ObservationQuerySet(ScopedQuerySet):
    """In sight of the person, and of those who train the cohort; of no ministry."""

    person_path = "person"

    def visible_to(self, viewer, *, on=None):
        rows = self.if_signed_in(viewer)
        trained = cohorts_in_sight_of(viewer, on=on, path="cohort__")
        return rows.filter(Q(person=viewer.pk) | (trained & Q(person__shielded=False)))

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class Observation(models.Model):
    """A checklist as it was, what was observed of each item, and who signed it.

    `checklist` is the document of that version (fixtures/practice), `marks` holds a
    `Mark` and `comments` a text by the key of an item. Signed once, never changed.
    """

    class Mark(models.TextChoices):
        OBSERVED = "observed", _("observed")
        NOT_YET = "not-yet", _("not yet")
        NOT_APPLICABLE = "not-applicable", _("not applicable")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="observations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations"
    )
    observed_on = models.DateField(_("observed on"))
    key = models.SlugField(_("checklist"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    checklist = models.JSONField()
    marks = models.JSONField()
    comments = models.JSONField(default=dict)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations_signed"
    )
    signed_at = models.DateTimeField()

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observed practice")
        verbose_name_plural = _("observed practices")
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=models.F("signed_by")),
                name="nobody_signs_their_own_practice",
            )
        ]

    def __str__(self):
        return f"{self.key} {self.observed_on}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
