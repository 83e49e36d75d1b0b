"""A key that was wrong: what is right, who said so, and who looked at it as well."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.questions import QuestionVersion

APPROVED = Q(approved_by__isnull=False, approved_at__isnull=False)
WAITING = Q(approved_by=None, approved_at=None)


class KeyCorrectionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(approved_at=None)


class KeyCorrection(models.Model):
    """The right answer to a version whose own key is wrong; in force once approved.

    The version itself never changes: attempts rest on it.
    """

    version = models.OneToOneField(
        QuestionVersion, models.PROTECT, related_name="correction"
    )
    correct = models.JSONField()
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # When every attempt that had been handed in was graded anew.
    graded_at = models.DateTimeField(null=True, blank=True)

    objects = KeyCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a key")
        verbose_name_plural = _("corrections of keys")
        constraints = [
            models.CheckConstraint(
                condition=APPROVED | WAITING, name="corrections_are_approved_as_a_whole"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="a_key_is_corrected_by_two_persons",
            ),
        ]

    def __str__(self):
        return str(self.version)
