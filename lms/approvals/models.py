"""What waits for a second person, and what they said."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet, one_person


class ApprovalQuerySet(ScopedQuerySet):
    """Whoever asked sees it; who may decide it, `kinds.decidable_by` says."""

    person_path = "asked_by"

    def own(self, viewer):
        """Keep what the person asked for, or an account that became theirs."""
        return self.if_signed_in(viewer).filter(one_person(viewer, path="asked_by"))

    def waiting(self, at):
        return self.filter(decided_at=None, until_at__gt=at)

    def over(self, at):
        """Keep those that nobody decided, and nobody may decide any more."""
        return self.filter(decided_at=None, until_at__lte=at)


class Approval(models.Model):
    """One act that needs a second person: which, asked by whom and why, decided how.

    `kind` names an entry of the register (`lms.approvals.kinds`), `subject` the row of
    that kind which the act is about.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals_asked"
    )
    asked_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=255)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approvals_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    decision_reason = models.CharField(
        _("reason of the decision"), max_length=255, blank=True
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="a_second_person_decides",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, approved=None)
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    approved__isnull=False,
                ),
                name="approvals_are_decided_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(approved=True) | ~Q(decision_reason=""),
                name="refused_approvals_say_why",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(decided_at=None),
                name="one_open_approval_per_subject",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.uuid}"
