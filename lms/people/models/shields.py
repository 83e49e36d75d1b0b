"""Who is shielded: never listed, searched, exported, mailed about or counted in a list.

The rule in full, and where they are counted all the same: `lms.thresholds`.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class ShieldQuerySet(ScopedQuerySet):
    person_path = "person"

    def standing(self):
        return self.filter(lifted_at=None)


class Shield(models.Model):
    """That a person was shielded, by whom, why; `User.shielded` says it is so now."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="shields"
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="shields_set"
    )
    set_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shields_lifted",
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = ShieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("shield")
        verbose_name_plural = _("shields")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_shields_say_by_whom",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(lifted_at=None),
                name="one_standing_shield_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.set_at:%Y-%m-%d}"
