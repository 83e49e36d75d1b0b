"""A key that was wrong: what is right, who said so, and who looked at it as well.

Marks only rise by it, unless the regional secretariat signs that they fall as well.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.questions import QuestionVersion

APPROVED = Q(approved_by__isnull=False, approved_at__isnull=False)
WAITING = Q(approved_by=None, approved_at=None)
SIGNED = Q(
    lowering__isnull=False,
    approved_by__isnull=False,
    signed_by__isnull=False,
    signed_at__isnull=False,
)
UNSIGNED = Q(signed_by=None, signed_at=None, lowered_at=None)


class KeyCorrectionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(approved_at=None)

    def signed(self):
        """Keep those by which marks fall as well."""
        return self.exclude(signed_at=None)


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
    # Under this name the secretariat is asked whether marks fall as well, and why; both
    # are empty where marks only rise.
    lowering = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    lowering_reason = models.CharField(
        max_length=255, blank=True, default="", db_default=""
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    lowered_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(lowering=None, lowering_reason="")
                | (Q(lowering__isnull=False) & ~Q(lowering_reason="")),
                name="marks_fall_for_a_reason",
            ),
            models.CheckConstraint(
                condition=SIGNED | UNSIGNED, name="marks_fall_once_it_is_signed"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None)
                | ~Q(signed_by=F("proposed_by")) & ~Q(signed_by=F("approved_by")),
                name="a_third_person_signs_that_marks_fall",
            ),
        ]

    def __str__(self):
        return str(self.version)
