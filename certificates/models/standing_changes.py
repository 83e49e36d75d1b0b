"""Which certificates did somebody ask to revoke, suspend or restore, and who agreed?"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.models.awards import Certificate, Why
from lms.people.scope import ScopedQuerySet


class StandingChangeQuerySet(ScopedQuerySet):
    """Whoever holds the certificate sees it; who decides, approvals say."""

    person_path = "certificate__holder"

    def done(self):
        return self.exclude(done_at=None)


class StandingChange(models.Model):
    """One change that was asked for; done once a second person agreed.

    What the asker wrote stands with the approval, and here only the class of reason.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="standing_changes"
    )
    why = models.CharField(max_length=12, choices=Why)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    done_at = models.DateTimeField(null=True, blank=True)

    objects = StandingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a certificate")
        verbose_name_plural = _("changes of certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, agreed_by=None)
                | Q(done_at__isnull=False, agreed_by__isnull=False)
                & ~Q(agreed_by=F("asked_by")),
                name="two_people_change_a_certificate",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
