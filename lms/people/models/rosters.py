"""What was read from a list of people, until somebody accepts it: a day at most."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.cohorts import Cohort
from lms.people.models.invitations import OfACohortQuerySet


class RosterCheckQuerySet(OfACohortQuerySet):
    def standing(self, at):
        """Keep those that may still be read: a day long."""
        return self.filter(until_at__gt=at)

    def waiting(self, at):
        """Keep those that may still be accepted."""
        return self.standing(at).filter(accepted_at=None)


class RosterCheck(models.Model):
    """A list of people for a cohort, read and checked: what it says is accepted.

    `rows` are whom the list would invite, `report` what else there is to say of it,
    both in the words of `lms.team.roster.checking`. Accepted, it forgets both.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="roster_checks")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="roster_checks"
    )
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    rows = models.JSONField(default=list, blank=True)
    report = models.JSONField(default=dict, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = RosterCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("checked list of people")
        verbose_name_plural = _("checked lists of people")
        indexes = [models.Index(fields=["until_at"], name="rosters_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("made_at")),
                name="rosters_end_after_they_are_made",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(rows=[], report={}),
                name="accepted_rosters_say_nothing",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
