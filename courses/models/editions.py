"""What a course asked of its learners at a time: an immutable syllabus."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from courses.lines.rules import Line
from courses.models.identity import Activity, Course
from courses.models.questions import Question
from courses.rules import Need, need_of
from courses.timing import LEAST_MINUTES, MOST_MINUTES


class EditionQuerySet(models.QuerySet):
    def current(self):
        """Keep the newest edition of each course."""
        newest = (
            Edition.objects.filter(course=models.OuterRef("course"))
            .order_by("-opened_at", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))


class Edition(models.Model):
    """An immutable syllabus; a correction is a new version of the same run."""

    class Kind(models.TextChoices):
        NEW_RUN = "new-run", _("New run: everybody starts from the beginning")
        CORRECTION = "correction", _("Correction: same run, nothing is owed")
        DELTA = "delta", _("Delta: holders owe only the new parts")

    course = models.ForeignKey(Course, models.PROTECT, related_name="editions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    run = models.CharField(_("run"), max_length=12)
    version = models.PositiveIntegerField(_("version"), default=1)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    titles = models.JSONField()
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (percent)"))
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts"))
    wait_days = models.PositiveSmallIntegerField(_("days until a new set of attempts"))
    draw = models.PositiveSmallIntegerField(_("questions in the final test"), default=0)
    final_minutes = models.PositiveSmallIntegerField(
        _("minutes for the final test"), null=True, blank=True
    )
    validity_months = models.PositiveSmallIntegerField(_("validity in months"))
    issuer = models.JSONField()
    norms_on = models.DateField(_("norms in force on"))
    minutes = models.JSONField()
    despite = models.TextField(
        _("why it was opened with a translation behind"),
        max_length=400,
        blank=True,
        default="",
        db_default="",
    )
    # What its tests draw from; what is written later comes with the next edition.
    questions = models.ManyToManyField(Question, related_name="editions")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "run", "version"],
                name="one_edition_per_course_run_and_version",
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100),
                name="pass_marks_are_percentages",
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__gte=1), name="editions_allow_an_attempt"
            ),
            models.CheckConstraint(
                condition=Q(final_minutes=None)
                | Q(final_minutes__range=(LEAST_MINUTES, MOST_MINUTES)),
                name="a_final_test_lasts_minutes_not_days",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The edition as it stands on a certificate: run and version."""
        return f"{self.run} v{self.version}"

    def title(self, language: str) -> str:
        """The course title in `language`, or in the course's source language."""
        return in_language(self.titles, language)


class EditionActivity(models.Model):
    """One activity of a syllabus, with its texts and revisions of that day."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="activities")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="in_editions")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=8)
    module = models.UUIDField(null=True, blank=True)
    module_titles = models.JSONField(default=dict)
    titles = models.JSONField()
    required_for = models.JSONField(default=list)
    recommended_for = models.JSONField(default=list)
    minutes = models.JSONField(default=dict)  # track → minutes
    revisions = models.JSONField(default=dict)
    # Of a quiz: the lines it is drawn by; none where all is drawn alike.
    draws = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    # Of a delta: who finished the former edition reads it again, for it was rewritten.
    read_again = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ("position",)
        verbose_name = _("activity of an edition")
        verbose_name_plural = _("activities of an edition")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "activity"],
                name="an_edition_lists_an_activity_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="activities_of_an_edition_have_an_order",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title('es')}"

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    @property
    def lines(self) -> list[Line]:
        """What a quiz draws, line by line."""
        return [Line(**kept) for kept in self.draws]

    def need_of(self, track: str) -> Need:
        """Return how much it is asked of a track."""
        return need_of(
            track,
            required_for=self.required_for,
            recommended_for=self.recommended_for,
        )

    def minutes_for(self, track: str) -> int:
        """Return how long a track needs for it; tests ask more of some than others."""
        return self.minutes.get(track, 0)


def in_language(texts: dict[str, str], language: str) -> str:
    """Return the text in `language`, else in Spanish, the reference language."""
    return texts.get(language) or texts.get("es") or next(iter(texts.values()), "")


def minutes_in(minutes: dict[str, int], track: str) -> int:
    """Return the minutes of the track's path; the most of any when it is unknown."""
    return minutes[track] if track in minutes else max(minutes.values(), default=0)
