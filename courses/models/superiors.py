"""Whose superior was asked whether they may take an assigned course, and the answer."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.assignments import Assignment
from lms.people.scope import ScopedQuerySet
from lms.people.zones import day_of

UNDECIDED = Q(decided_at=None, lapsed_at=None)


class SuperiorRequestQuerySet(ScopedQuerySet):
    """Only the person's own: who their superior is shows no list."""

    person_path = "person"

    def undecided(self):
        """Keep those that were neither decided nor replaced, whether in time or not."""
        return self.filter(UNDECIDED)

    def open(self, at):
        """Keep those that may still be decided."""
        return self.filter(UNDECIDED, until_at__gt=at)

    def over_since(self, at):
        """Keep those answered, replaced or run out by that moment."""
        return self.filter(
            Q(decided_at__lte=at) | Q(lapsed_at__lte=at) | Q(until_at__lte=at)
        )

    def approved(self):
        return self.filter(approved=True)


class SuperiorRequest(models.Model):
    """That a superior is asked by mail, and what they said.

    Approvals are one mechanism (`lms.approvals`), but there an account decides, and a
    constraint holds it to that. A superior has a mailbox and no account, so that the
    decision has a row of its own. The link works once; of its token only a hash is
    kept.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="superior_requests"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="superior_requests"
    )
    superior_name = models.CharField(_("superior"), max_length=120, blank=True)
    superior_address = models.EmailField(_("e-mail of the superior"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    until_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    # Replaced by a later one, or without object, before anybody decided.
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = SuperiorRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a superior")
        verbose_name_plural = _("questions to superiors")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"],
                condition=UNDECIDED,
                name="a_superior_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, approved=None)
                | Q(decided_at__isnull=False, approved__isnull=False),
                name="decided_requests_say_what",
            ),
            models.CheckConstraint(
                condition=~Q(approved=False) | ~Q(reason=""),
                name="superiors_who_do_not_approve_say_why",
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("asked_at")),
                name="questions_to_superiors_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return str(self.uuid)

    @property
    def until_on(self):
        """The last day for an answer where the cohort is."""
        return day_of(self.until_at, zone=self.assignment.cohort.zone)
