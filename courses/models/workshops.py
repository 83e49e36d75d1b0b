"""Which workshops does a cohort hold, who has a place, and who was there?"""

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Language
from lms.people.models import Cohort, CohortMember, Institution
from lms.people.scope import ScopedQuerySet, cohorts_in_sight_of, in_force


class WorkshopQuerySet(ScopedQuerySet):
    """In sight of those who train the cohort; a member finds theirs by `for_member`."""

    person_path = "cohort__trainers"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(
            cohorts_in_sight_of(viewer, on=on, path="cohort__")
        )

    def for_member(self, person, *, on: date):
        """Keep the workshops of the cohorts that the person is in on that day."""
        rows = CohortMember.objects.filter(in_force(on), person=person.pk)
        return self.if_signed_in(person).filter(
            Exists(rows.filter(cohort=OuterRef("cohort")))
        )

    def come_to_by(self, person):
        """Keep those at which the person was, and those in which they hold a place."""
        was_there = Attendance.objects.own(person).filter(present=True)
        places = WorkshopPlace.objects.own(person).held()
        return self.filter(
            Exists(was_there.filter(workshop=OuterRef("pk")))
            | Exists(places.filter(workshop=OuterRef("pk")))
        )

    def standing(self):
        """Keep those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def with_cohort(self):
        return self.select_related("cohort")


class Workshop(models.Model):
    """Training in a room, on days of the cohort's zone, that counts so many minutes.

    `taken` is how many of its places are taken: whoever raises it has one. Shielded
    people have theirs too, so nobody is shown more of it than `is_full`.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="workshops")
    title = models.CharField(_("title"), max_length=160)
    place = models.CharField(_("venue"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    minutes = models.PositiveSmallIntegerField(_("minutes that count"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    materials = models.TextField(_("materials"), max_length=2000, blank=True)
    organiser = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="workshops"
    )
    is_public = models.BooleanField(_("in the regional calendar"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="workshops_made"
    )
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="workshops_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0), name="workshops_count_some_minutes"
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")),
                name="workshops_give_no_more_places_than_they_have",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(organiser__isnull=False),
                name="public_workshops_say_who_organises_them",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_full(self) -> bool:
        return self.taken >= self.capacity

    @property
    def starts(self) -> datetime:
        """When it begins by a clock on the wall there: without a zone, to be shown."""
        return self.starts_at.astimezone(self.cohort.zone).replace(tzinfo=None)

    @property
    def ends(self) -> datetime:
        return self.ends_at.astimezone(self.cohort.zone).replace(tzinfo=None)


class WorkshopPlaceQuerySet(ScopedQuerySet):
    person_path = "person"
    dated_by = ("taken_at",)

    def held(self):
        """Keep the places that were not given back."""
        return self.filter(given_back_at=None)


class WorkshopPlace(models.Model):
    """That somebody took a place in a workshop, until they gave it back."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="places")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="workshop_places"
    )
    taken_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    objects = WorkshopPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a workshop")
        verbose_name_plural = _("places in workshops")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(given_back_at=None),
                name="a_person_holds_one_place_in_a_workshop",
            )
        ]

    def __str__(self):
        return f"{self.workshop_id}"


class AttendanceQuerySet(ScopedQuerySet):
    person_path = "person"
    dated_by = ("marked_at",)


class Attendance(models.Model):
    """That somebody was at a workshop, or was not; a correction says why.

    What it gave in hours stands in the ledger, with each change.
    """

    class How(models.TextChoices):
        SHEET = "sheet", _("the printed list")
        CODE = "code", _("the code of the room")
        TYPED = "typed", _("the list on the screen")

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendance"
    )
    present = models.BooleanField(_("present"))
    how = models.CharField(_("marked by"), max_length=5, choices=How)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendance_marked"
    )
    marked_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance_corrected",
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "person"],
                name="one_attendance_per_workshop_and_person",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at=None, corrected_by=None)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False)
                & ~Q(reason=""),
                name="corrected_attendance_says_by_whom_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.workshop_id}"
