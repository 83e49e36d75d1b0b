"""Which programs may ask in whose name, for what and until when?"""

from copy import copy
from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import Mandate, User
from lms.people.scope import ScopedQuerySet, standing_mandate
from lms.tokens.rules import PREFIX_LENGTH


class Scope(models.TextChoices):
    """What a token lets a program do; there is no other word yet."""

    REPORT_READ = "report:read", _("read the reports")


class TokenQuerySet(ScopedQuerySet):
    """A holder sees the tokens of their own mandates; nobody else sees any."""

    person_path = "mandate__holder"

    def standing(self, on: date):
        """Keep those that open something that day: their mandate stands, too."""
        mandates = Mandate.objects.filter(standing_mandate(on))
        return self.unrevoked().filter(
            until_on__gte=on, mandate__in=mandates.values("pk")
        )

    def unrevoked(self):
        return self.filter(revoked_at=None)

    def over_since(self, at: datetime):
        """Keep those that were over at that moment: revoked, run out or orphaned."""
        return self.filter(
            Q(revoked_at__lte=at)
            | Q(until_on__lt=timezone.localdate(at))
            | Q(mandate__ended_at__lte=at)
        )

    def with_mandate(self):
        return self.select_related("mandate__institution", "mandate__holder")


class Token(models.Model):
    """That a program which shows the right secret sees what one mandate shows.

    Of the secret only a digest is kept, and its first signs, to tell tokens apart.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.REPORT_READ)
    prefix = models.CharField(max_length=PREFIX_LENGTH)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until_on = models.DateField(_("until"))
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token for programs")
        verbose_name_plural = _("tokens for programs")
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "name"],
                condition=Q(revoked_at=None),
                name="tokens_of_a_mandate_have_different_names",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="tokens_are_revoked_after_they_are_made",
            ),
        ]

    def __str__(self):
        return self.prefix

    def viewer(self) -> User:
        """Return the holder as the token acts: in sight of its mandate, no other."""
        person = copy(self.mandate.holder)  # theirs stays as it is
        person.by_mandate = self.mandate_id
        return person

    def is_over(self, on: date) -> bool:
        """Whether it was revoked or has run out, whatever became of its mandate."""
        return self.revoked_at is not None or self.until_on < on
