"""Which duty posts there are, what each requires, and who holds one when."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.people.choices import Track
from lms.people.models import Affiliation, Institution
from lms.people.scope import ScopedQuerySet, in_force, institutions_in_sight_of

MOST_MONTHS = 120


class Place(models.TextChoices):
    """The kind of place in which a post is."""

    BORDER = "border", _("Border crossing")
    AIRPORT = "airport", _("Airport")
    PORT = "port", _("Port")
    SHELTER = "shelter", _("Shelter")
    COURT = "court", _("Court")
    CONSULATE = "consulate", _("Consulate")
    OFFICE = "office", _("Office")
    OTHER = "other", _("Other place")


class PostRosterQuerySet(ScopedQuerySet):
    """In sight of whoever gave it; loaded, of a ministry that covers all it names."""

    person_path = "by"

    def visible_to(self, viewer, *, on=None):
        covered = Institution.objects.filter(
            institutions_in_sight_of(viewer, on=on or timezone.localdate(), path="")
        ).values("pk")
        named = PostRoster.institutions.through.objects.filter(
            postroster=OuterRef("pk")
        )
        ours = Exists(named.filter(institution__in=covered))
        others = Exists(named.exclude(institution__in=covered))
        return self.if_signed_in(viewer).filter(Q(by=viewer.pk) | (ours & ~others))

    def standing(self, at):
        """Keep those that may still be read: a day long."""
        return self.filter(until_at__gt=at)

    def waiting(self, at):
        """Keep those that may still be loaded."""
        return self.standing(at).filter(loaded_at=None)

    def loaded(self):
        return self.filter(loaded_at__isnull=False)


class PostRoster(models.Model):
    """A list of duty posts: read and checked, then loaded or forgotten within a day.

    `rows` are the posts that it names, `report` what else there is to say of it, both
    in the words of `certificates.coverage.checking`. Loaded, it forgets both and says
    how many posts it made, changed and retired.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="post_rosters"
    )
    file_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    rows = models.JSONField(default=list, blank=True)
    report = models.JSONField(default=dict, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)
    institutions = models.ManyToManyField(Institution, related_name="+", blank=True)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    retired = models.PositiveIntegerField(default=0)

    objects = PostRosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster of duty posts")
        verbose_name_plural = _("rosters of duty posts")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("made_at")),
                name="post_rosters_end_after_they_are_made",
            ),
            models.CheckConstraint(
                condition=Q(loaded_at=None) | Q(rows=[], report={}),
                name="loaded_post_rosters_say_nothing",
            ),
        ]

    def __str__(self):
        return str(self.uuid)


class DutyPostQuerySet(ScopedQuerySet):
    """In sight of the ministry whose mandate covers the institution of the post."""

    person_path = "loaded_by"

    def visible_to(self, viewer, *, on=None):
        day = on or timezone.localdate()
        return self.if_signed_in(viewer).filter(
            institutions_in_sight_of(viewer, on=day)
        )

    def at_work(self):
        """Keep the posts that the last roster still has."""
        return self.filter(retired_at=None)

    def with_place(self):
        return self.select_related("institution", "course")


class DutyPost(models.Model):
    """A post in which somebody certified has to be: where, in what, on what ground.

    `code` is the institution's own for the post, or its name folded where it has none.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="duty_posts"
    )
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("duty post"), max_length=200)
    place = models.CharField(_("kind of place"), max_length=10, choices=Place)
    course = models.ForeignKey(Course, models.PROTECT, related_name="duty_posts")
    # Empty: a certificate of any profession counts.
    track = models.CharField(_("profession"), max_length=12, choices=Track, blank=True)
    # How long a certificate counts here; empty: as long as it is valid.
    cadence = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duty_posts_loaded"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = DutyPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty post")
        verbose_name_plural = _("duty posts")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code"],
                name="one_duty_post_per_institution_and_code",
            ),
            models.CheckConstraint(
                condition=Q(cadence=None) | Q(cadence__gte=1, cadence__lte=MOST_MONTHS),
                name="duty_posts_renew_within_ten_years",
            ),
            models.CheckConstraint(
                condition=Q(place__in=Place.values),
                name="duty_posts_are_in_a_kind_of_place",
            ),
        ]

    def __str__(self):
        return self.name


class PostHolderQuerySet(ScopedQuerySet):
    """One's own posts; a ministry sees who holds one of theirs and belongs to it."""

    person_path = "person"

    def visible_to(self, viewer, *, on=None):
        day = on or timezone.localdate()
        ours = Q(institutions_in_sight_of(viewer, on=day, path="post__institution__"))
        shown = Q(person__shielded=False, person__closed_at=None) & Exists(
            self._claims(day).filter(institutions_in_sight_of(viewer, on=day))
        )
        return self.if_signed_in(viewer).filter(Q(person=viewer.pk) | (ours & shown))

    def counting(self, on):
        """Keep who holds a post that day and belongs to its institution.

        Who left the institution, or closed the account, counts no more. A shielded
        person does not count either: the state of one post would tell who they are.
        """
        return self.listed().filter(in_force(on), Exists(self._claims(on)))

    def listed(self):
        """Keep those whose person may stand in a list: neither shielded nor closed."""
        return self.filter(person__shielded=False, person__closed_at=None)

    def not_over(self):
        return self.filter(until_on=None)

    @staticmethod
    def _claims(on):
        """Return the confirmed affiliations of that day that make one fit the post.

        With the institution of the post, the one above it, or one below it.
        """
        where = Q(institution=OuterRef("post__institution"))
        where |= Q(institution__parent=OuterRef("post__institution"))
        where |= Q(institution=OuterRef("post__institution__parent"))
        return (
            Affiliation.objects.confirmed()
            .standing(on)
            .filter(where, person=OuterRef("person"))
        )


class PostHolder(models.Model):
    """Who holds a duty post, from when until when."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    post = models.ForeignKey(DutyPost, models.PROTECT, related_name="holders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duty_posts"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="post_holders_named"
    )

    objects = PostHolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder of a duty post")
        verbose_name_plural = _("holders of duty posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=Q(until_on=None),
                name="a_person_holds_a_duty_post_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="holders_of_duty_posts_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
