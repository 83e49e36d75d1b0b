"""By which links does a holder show the name on a certificate, and who came by them?

Of a link only the digest of its token is kept: whoever reads this table opens nothing.
Of a visitor nothing is kept but the moment.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from certificates.models.awards import Certificate
from lms.people.models import NameChange
from lms.people.scope import ScopedQuerySet

USES_SHOWN = 20


class ShareLinkQuerySet(ScopedQuerySet):
    person_path = "certificate__holder"

    def open(self, at):
        """Keep those that show the name.

        A new name and an erasure end them too; of a certificate that was revoked or is
        suspended, nobody reads a name beside the reason.
        """
        renamed = NameChange.objects.filter(
            person=OuterRef("certificate__holder"), at__gte=OuterRef("made_at")
        )
        return self.filter(
            ~Exists(renamed),
            Q(certificate__suspended_at=None) | Q(certificate__lifted_at__isnull=False),
            certificate__revoked_at=None,
            withdrawn_at=None,
            until_at__gt=at,
            certificate__erased_at=None,
        )

    def with_count(self):
        """Add how often each was used as `used`."""
        return self.annotate(used=Count("uses"))

    def with_uses(self):
        """Add the count, and the last moments as `last_uses`."""
        last = ShareUse.objects.order_by("-at", "-pk")[:USES_SHOWN]
        return self.with_count().prefetch_related(
            Prefetch("uses", queryset=last, to_attr="last_uses")
        )


class ShareLink(models.Model):
    """One link that shows the name for some days, unless its holder withdraws it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    certificate = models.ForeignKey(
        Certificate, models.CASCADE, related_name="share_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link that shows a name")
        verbose_name_plural = _("links that show a name")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("made_at")),
                name="share_links_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return str(self.uuid)


class ShareUseQuerySet(ScopedQuerySet):
    person_path = "link__certificate__holder"


class ShareUse(models.Model):
    """A moment at which somebody opened such a link."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="uses")
    at = models.DateTimeField()

    objects = ShareUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a link that shows a name")
        verbose_name_plural = _("uses of links that show a name")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
