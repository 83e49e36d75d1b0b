"""Which people learn together for a while, and who trains them."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country
from lms.people.scope import (
    ScopedQuerySet,
    cohorts_in_sight_of,
    in_force,
    trainings_in_sight_of,
)
from lms.people.zones import day_of, zone_of


class CohortQuerySet(ScopedQuerySet):
    """A trainer sees the cohorts they train in the country of their mandate.

    Not for ever: until the books of a cohort that is over are closed.
    """

    person_path = "trainers"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(cohorts_in_sight_of(viewer, on=on))

    def at_work(self):
        """Keep the cohorts that are not archived."""
        return self.filter(archived_at=None)


class Cohort(models.Model):
    """A group of learners of one country, with a first and a last day.

    An archived one is read and no longer changed.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    # Where its days begin and end: an IANA name; empty is that of the capital.
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    notes = models.TextField(_("notes"), max_length=2000, blank=True)
    # Whether a superior says yes before a member takes an assigned course.
    asks_superior = models.BooleanField(_("a superior approves"), default=False)
    # How many days after a due date the superior is told; None: never.
    escalates_after = models.PositiveSmallIntegerField(
        _("days until the superior is told"), null=True, blank=True
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What was written down then, by language: `lms.team.record`. It names nobody.
    record = models.JSONField(default=dict, blank=True, editable=False)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="CohortTrainer",
        related_name="trains",
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="CohortMember", related_name="cohorts"
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=Country.values),
                name="cohorts_are_of_a_country_of_the_region",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="cohorts_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Where the days of this cohort begin and end."""
        return zone_of(self.country, self.time_zone)


# Whoever is taken out belongs to the cohort no more from the next query on: their last
# day was yesterday, even of a time that began today (it has no day then).
ENDED_OR_IN_ORDER = (
    Q(until_on=None) | Q(until_on__gte=F("from_on")) | Q(ended_at__isnull=False)
)


class CohortTrainerQuerySet(ScopedQuerySet):
    """In sight of whoever trains the cohort too, and of whoever learns in it."""

    person_path = "trainer"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(trainings_in_sight_of(viewer, on=on))

    def standing(self, on: date):
        """Keep those who train that day."""
        return self.filter(in_force(on), trainer__closed_at=None)

    def not_over(self, on: date):
        """Keep those who train that day, and those who are to begin."""
        return self.filter(
            Q(until_on=None) | Q(until_on__gte=on), trainer__closed_at=None
        )


class CohortTrainer(models.Model):
    """That somebody trains a cohort, from when until when.

    `ended_at` is the moment at which somebody ended it before its time.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="trainer_rows")
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainer_rows"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CohortTrainerQuerySet.as_manager()

    class Meta:
        verbose_name = _("trainer of a cohort")
        verbose_name_plural = _("trainers of a cohort")
        constraints = [
            models.CheckConstraint(
                condition=ENDED_OR_IN_ORDER, name="training_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["cohort", "trainer"],
                condition=Q(until_on=None),
                name="a_trainer_trains_a_cohort_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}"


class CohortMemberQuerySet(ScopedQuerySet):
    person_path = "person"
    dated_by = ()

    def standing(self, on: date):
        """Keep the memberships in force on that day."""
        return self.filter(in_force(on))

    def not_over(self, on: date):
        """Keep those in force on that day, and those that are to begin."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on))

    def listed(self):
        """Keep those that may stand in a list of trainers: neither shielded nor closed.

        What is counted beside a list is counted of these.
        """
        return self.filter(person__shielded=False, person__closed_at=None)

    def over_before(self, at: datetime):
        """Keep those that, or whose cohort, were over by that moment."""
        on = timezone.localdate(at)
        return self.filter(
            Q(until_on__lt=on)
            | Q(cohort__until_on__lt=on)
            | Q(cohort__archived_at__lte=at)
        )


class CohortMember(models.Model):
    """That somebody learns in a cohort, from when until when.

    `from_on` and `until_on` are days of the site, which say who sees whom; `joined_at`
    is the moment at which somebody came by themselves. `ended_at` is the one at which
    it was ended before its time, and `ended` how.
    """

    class End(models.TextChoices):
        """How a membership came to its end before its time."""

        LEFT = "left", _("left the cohort")
        TRAINER = "trainer", _("ended by a trainer")
        RULE = "rule", _("fits no rule of the cohort any more")
        ARCHIVED = "archived", _("the cohort was archived")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="member_rows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member_rows"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(_("how it ended"), max_length=8, choices=End, blank=True)
    ended_reason = models.CharField(_("reason"), max_length=255, blank=True)
    # The rule by which they were invited: who fits none any more leaves. None: by hand.
    rule = models.ForeignKey(
        "MembershipRule",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="member_rows",
    )
    # Who is asked before a course is taken, and told when it is long overdue.
    superior_name = models.CharField(_("superior"), max_length=120, blank=True)
    superior_address = models.EmailField(_("e-mail of the superior"), blank=True)
    # The member named them and no trainer has said so yet: nobody is written to.
    superior_unconfirmed = models.BooleanField(default=False, db_default=False)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of a cohort")
        constraints = [
            models.CheckConstraint(
                condition=ENDED_OR_IN_ORDER, name="memberships_end_after_they_begin"
            ),
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(until_on=None),
                name="a_person_is_in_a_cohort_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="")
                | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="ended_memberships_say_how",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}"

    def joined_on(self, zone: ZoneInfo) -> date:
        """Return the first day, of the calendar where the cohort is."""
        return day_of(self.joined_at, zone=zone) if self.joined_at else self.from_on
