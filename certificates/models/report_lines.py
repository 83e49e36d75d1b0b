"""What a report says about one person and one course: a copy, drawn anew from facts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models.awards import Certificate
from courses.models import Assignment, Course, Edition, Enrolment
from lms.people.choices import Country, Language, Track
from lms.people.models import Cohort, Institution, User
from lms.people.scope import ScopedQuerySet, institutions_in_sight_of


def hidden_people():
    """Return the keys of people whom no report names, whoever reads it."""
    hidden = Q(shielded=True) | Q(erased_at__isnull=False)
    return User.objects.filter(hidden).values("pk")


def covered_by(viewer, *, on):
    """Return the keys of the institutions that a ministry mandate covers that day.

    They are read before the lines are asked for: a database knows how many lines those
    have whose keys it is given; behind a subquery it takes them for half of all.
    """
    covered = Institution.objects.filter(
        institutions_in_sight_of(viewer, on=on, path="")
    )
    return list(covered.order_by("pk").values_list("pk", flat=True))


class ReportLineQuerySet(ScopedQuerySet):
    """In sight of the ministry to whose institution the person belonged each time."""

    person_path = "person"

    def visible_to(self, viewer, *, on=None):
        """Keep the lines that name people of the viewer's institutions.

        Erased people, and those whose post nobody confirmed, are only counted: see
        `apart`. Shielded people are neither.
        """
        return self.counted_for(viewer, on=on).named()

    def counted_for(self, viewer, *, on=None):
        """Keep the lines of the institutions that a ministry mandate covers that day.

        Who must not be listed is among them: go on with `named` or `apart`.
        """
        covered = covered_by(viewer, on=on or timezone.localdate())
        return self.if_signed_in(viewer).filter(
            institution__in=covered, institution_at_end__in=covered
        )

    def named(self):
        """Keep those whose person a report may name."""
        return self.confirmed().exclude(person__in=hidden_people())

    def apart(self):
        """Keep those whose person is only counted; shielded people are not."""
        gone = Q(person__erased_at__isnull=False)
        return self.filter(Q(confirmed=False) | gone, person__shielded=False)

    def confirmed(self):
        return self.filter(confirmed=True)

    def with_names(self):
        return self.select_related(
            "person",
            "institution__parent",
            "course",
            "edition",
            "cohort",
            "certificate",
        )


class ReportLine(models.Model):
    """One obligation: a course that a person takes, or that a cohort assigns them.

    A copy for reading, never the truth: `certificates.lines` draws it from enrolments,
    assignments, attempts and certificates, and may throw it away at any time. What
    depends on the day (late, valid) is asked of the moments kept here.

    `institution` is the one of the day it began (enrolled, else of the day on which
    it was drawn), `institution_at_end` that of `last_at`: of the day it was completed
    or left, else on which something was last done in it. What somebody does after they
    left is thus nobody's. `confirmed`: the institution says so too, on both days.
    `language` is the certificate's, else the person's. `minutes_in_person` are those of
    the certificate, else what was earned in the cohort, on each course it assigns.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_lines"
    )
    name = models.CharField(max_length=122)  # folded, to sort by
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution_at_end = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed = models.BooleanField(default=False)
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    track = models.CharField(_("profession"), max_length=12, choices=Track, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # The end of the due day where the cohort is.
    due_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveSmallIntegerField(default=0)  # required activities
    total = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)  # at the final test
    # Of the attempt that counts: the best one handed in.
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    out_of = models.PositiveSmallIntegerField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)  # online
    minutes_in_person = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()  # when what it says last changed

    objects = ReportLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of reports")
        indexes = [
            models.Index(
                fields=["institution", "name", "id"], name="lines_by_institution_name"
            ),
            models.Index(
                fields=["country", "name", "id"], name="lines_by_country_name"
            ),
            models.Index(fields=["changed_at", "id"], name="lines_by_change"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"],
                name="one_line_per_person_and_assignment",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(assignment=None),
                name="one_line_per_enrolment_that_nobody_assigned",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False) | Q(assignment__isnull=False),
                name="lines_are_about_an_enrolment_or_an_assignment",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(withdrawn_at=None),
                name="a_line_is_not_both_completed_and_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("done")), name="lines_have_done_at_most_all"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class LinesDrawn(models.Model):
    """Until when the lines say what is so, and how far the round of everybody came.

    One row. `position` is the last person of the round that is under way.
    """

    as_of = models.DateTimeField()
    position = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("drawing of the lines of reports")
        verbose_name_plural = _("drawings of the lines of reports")

    def __str__(self):
        return f"{self.as_of:%Y-%m-%d %H:%M}"
