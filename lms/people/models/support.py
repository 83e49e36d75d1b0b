"""Whom people support helped, why, and what a second administrator decides."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class SupportVisitQuerySet(ScopedQuerySet):
    """A visit is the helper's own, while it lasts."""

    person_path = "helper"

    def open(self, at):
        return self.filter(opened_at__lte=at, until_at__gt=at)


class SupportVisit(models.Model):
    """That an administrator opened an account by its exact address, and until when.

    Pages about the account hang under the visit: with its address alone, or a person's
    identifier, nobody comes back to it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits_made"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits_received"
    )
    # Of the visit, and of each act on it, one on each line.
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = SupportVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit of people support")
        verbose_name_plural = _("visits of people support")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")),
                name="visits_end_after_they_begin",
            )
        ]

    def __str__(self):
        return str(self.uuid)


class SupportRequestQuerySet(ScopedQuerySet):
    """Whoever asked for it sees it; who decides sees it through the approval."""

    person_path = "helper"


class SupportRequest(models.Model):
    """That something is to be done to an account once a second administrator says so.

    Asked for where the account works with people. What was asked never changes: another
    address, or another name, is another request.
    """

    class Act(models.TextChoices):
        """What may be asked for, by the slug of its screen."""

        MAILBOX = "mailbox", _("e-mail")
        SECOND_STEP = "second-step", _("second step")
        NAME = "name", _("name")
        CLOSE = "close", _("closing of the account")
        REOPEN = "reopen", _("opening of a closed account")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="help_asked"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="help_waiting"
    )
    act = models.CharField(max_length=12, choices=Act)
    # What the screen asked besides the reason: the new address, or the name.
    facts = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=255)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of people support")
        verbose_name_plural = _("requests of people support")
        constraints = [
            models.CheckConstraint(
                condition=~Q(helper=F("person")), name="nobody_helps_themselves"
            )
        ]

    def __str__(self):
        return str(self.uuid)


class MergerQuerySet(ScopedQuerySet):
    """Whoever asked for it sees it; who decides sees it through the approval."""

    person_path = "asked_by"


class Merger(models.Model):
    """That two accounts of one person are to become one, and what moved then."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kept = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mergers_kept"
    )
    gone = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mergers_gone"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mergers_asked"
    )
    asked_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=255)
    done_at = models.DateTimeField(null=True, blank=True)
    # How many rows of each kind moved: {"lms.Affiliation": 2, …}.
    moved = models.JSONField(default=dict)

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name = _("merger of two accounts")
        verbose_name_plural = _("mergers of two accounts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("gone")), name="a_merger_is_of_two_accounts"
            )
        ]

    def __str__(self):
        return str(self.uuid)
