"""Which people learn together for a while, and who trains them."""

from datetime import date
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country
from lms.people.scope import ScopedQuerySet, cohorts_in_sight_of, in_force
from lms.people.zones import zone_of


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


class CohortTrainerQuerySet(ScopedQuerySet):
    person_path = "trainer"


class CohortTrainer(models.Model):
    """That somebody trains a cohort, from when until when."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="trainer_rows")
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainer_rows"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = CohortTrainerQuerySet.as_manager()

    class Meta:
        verbose_name = _("trainer of a cohort")
        verbose_name_plural = _("trainers of a cohort")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="training_ends_after_it_begins",
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


class CohortMember(models.Model):
    """That somebody learns in a cohort, from when until when."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="member_rows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member_rows"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    # Who is asked before a course is taken, and told when it is long overdue.
    superior_name = models.CharField(_("superior"), max_length=120, blank=True)
    superior_address = models.EmailField(_("e-mail of the superior"), blank=True)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of a cohort")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="memberships_end_after_they_begin",
            ),
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(until_on=None),
                name="a_person_is_in_a_cohort_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}"
