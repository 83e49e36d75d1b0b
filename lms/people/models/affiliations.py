"""Where a person works, since when, and whether the institution says so too."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Track
from lms.people.models.institutions import Institution
from lms.people.scope import (
    ScopedQuerySet,
    affiliations_in_sight_of,
    claims_in_sight_of,
    in_force,
)


class AffiliationQuerySet(ScopedQuerySet):
    """A person's own posts, and those that a mandate covers."""

    person_path = "person"

    def visible_to(self, viewer, *, on=None):
        day = on or timezone.localdate()
        return self.if_signed_in(viewer).filter(
            affiliations_in_sight_of(viewer, on=day)
        )

    def claims_for(self, viewer, *, on: date):
        """Keep what people say and this viewer may confirm or refuse."""
        return (
            self.if_signed_in(viewer)
            .unconfirmed()
            .standing(on)
            .filter(claims_in_sight_of(viewer, on=on), institution__isnull=False)
        )

    def standing(self, on: date):
        """Keep the affiliations in force on that day."""
        return self.filter(in_force(on))

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def that_answer_for(self, *, on: date):
        """Keep of each person the post whose institution answers for them that day.

        It is the confirmed post in force; where none is, the one confirmed last: who
        was confirmed once does not become a stranger by writing down another post.
        """
        posts = self.model.objects.confirmed().filter(person=OuterRef("person"))
        posts = posts.annotate(is_over=Case(When(in_force(on), then=0), default=1))
        first = posts.order_by("is_over", "-confirmed_at", "-pk")
        return self.filter(pk=Subquery(first.values("pk")[:1]))

    def unconfirmed(self):
        """Keep what only the person says, and nobody has refused."""
        return self.filter(confirmed_at=None, refused_at=None)

    def typed(self):
        """Keep those whose institution is not in the list."""
        return self.filter(institution=None)


class Affiliation(models.Model):
    """Where a person works, from when until when; history does not move with them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="affiliations"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    institution_typed = models.CharField(
        _("institution not in the list"), max_length=200, blank=True
    )
    track = models.CharField(_("profession"), max_length=12, choices=Track)
    position = models.CharField(_("position"), max_length=120, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations_confirmed",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations_refused",
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="affiliations_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=(Q(institution=None) & ~Q(institution_typed=""))
                | (~Q(institution=None) & Q(institution_typed="")),
                name="affiliations_name_one_institution",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_affiliations_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(institution__isnull=False),
                name="confirmed_affiliations_are_in_the_list",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_by=None)
                | Q(
                    refused_at__isnull=False,
                    refused_by__isnull=False,
                    confirmed_at=None,
                ),
                name="refused_affiliations_say_by_whom_and_are_not_confirmed",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until_on=None),
                name="one_standing_affiliation_per_person",
            ),
        ]

    def __str__(self):
        return self.institution_typed or str(self.institution)
