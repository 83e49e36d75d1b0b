"""Who was given which role over what, by whom, why and until when."""

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country, Role
from lms.people.models.institutions import Institution
from lms.people.models.shields import Shield
from lms.people.scope import ScopedQuerySet, mandates_in_sight_of, standing_mandate

SEATS = (1, 2)


def taken_behind_a_shield() -> Exists:
    """Return the filter for those whose holder was shielded when they accepted.

    To whoever grants, they go on as offers: would one leave the list of the offers, it
    would say who is shielded. One that was seen to be accepted is none of them when its
    holder is shielded later.
    """
    shielded = Shield.objects.standing().filter(
        person=OuterRef("holder"), set_at__lte=OuterRef("accepted_at")
    )
    return Exists(shielded)


class MandateQuerySet(ScopedQuerySet):
    """A holder sees their own; whoever grants sees what stands below them."""

    person_path = "holder"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(mandates_in_sight_of(viewer, on=on))

    def standing(self, on: date):
        """Keep those that let their holder see something on that day."""
        return self.filter(standing_mandate(on))

    def offered(self):
        """Keep those that were granted and not yet answered."""
        return self.filter(
            approved_at__isnull=False, accepted_at=None, declined_at=None, ended_at=None
        )

    def not_over(self, on: date):
        """Keep those that stand, will stand, or wait for somebody's answer."""
        return self.filter(declined_at=None, ended_at=None, until_on__gte=on)

    def unaccepted(self):
        """Keep those that nobody accepted, as far as whoever grants may know."""
        return self.filter(Q(accepted_at=None) | Q(taken_behind_a_shield()))

    def with_silence(self):
        """Add `is_silent`: it was accepted, and whoever grants may not know."""
        return self.annotate(is_silent=taken_behind_a_shield())

    def offered_to(self, addresses):
        return self.offered().filter(address__in=addresses)

    def with_place(self):
        return self.select_related("institution")


class Mandate(models.Model):
    """A role over the region, a country or an institution, with dates and a reason.

    It is granted to a typed address, so that granting tells nobody whether there is an
    account behind it; it stands once whoever owns the address has accepted. Its days
    are days of the site, as those of memberships: they say who sees whom.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
    )
    address = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    # Shielded people have at most two officers a country: each takes a seat.
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=255)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates_granted"
    )
    granted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Nobody: it ran out, or its second person said no.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates_ended",
    )
    ended_reason = models.CharField(max_length=255, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        indexes = [models.Index(fields=["address"], name="mandates_by_address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.SECRETARIAT, country="")
                | (~Q(role=Role.SECRETARIAT) & Q(country__in=Country.values)),
                name="mandates_name_a_country_and_the_secretariat_none",
            ),
            models.CheckConstraint(
                condition=Q(institution=None) | Q(role=Role.MINISTRY),
                name="only_ministry_mandates_name_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="mandates_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, holder=None)
                | Q(accepted_at__isnull=False, holder__isnull=False),
                name="accepted_mandates_have_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(approved_at__isnull=False),
                name="mandates_are_approved_before_they_are_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="a_mandate_is_not_both_accepted_and_declined",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="ended_mandates_say_why",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.PROTECTION, seat__in=SEATS)
                | (~Q(role=Role.PROTECTION) & Q(seat=None)),
                name="officers_for_shielded_people_have_a_seat",
            ),
            models.UniqueConstraint(
                fields=["country", "seat"],
                condition=Q(role=Role.PROTECTION, ended_at=None, declined_at=None),
                name="two_officers_for_shielded_people_a_country",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.place}"

    @property
    def place(self) -> str:
        """What the role is over, in words; asked of rows `with_place`."""
        if self.institution_id:
            return str(self.institution)
        return str(self.get_country_display()) if self.country else str(_("the region"))

    def stood(self, at: datetime) -> bool:
        """Whether it showed its holder something at that moment."""
        accepted = self.accepted_at is not None and self.accepted_at <= at
        ended = self.ended_at is not None and self.ended_at <= at
        on = timezone.localdate(at)
        return accepted and not ended and self.from_on <= on <= self.until_on
