"""How many people answered a question alike? Counted once, and of nobody by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Activity
from courses.models.questions import QuestionVersion
from lms.people.choices import Language, Track


class Tally(models.Model):
    """So many people, with one total in a first attempt, gave one answer to a version.

    One answer may have earned a point or none: where its key was corrected, who had
    the point keeps it. `answer` is a line of keys in the order of the answer, sorted
    where none is asked, `left:right` for pairs; empty where nothing was answered.
    `seconds` is the sum over those whose time is known, each at most ten minutes.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="tallies")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="tallies")
    language = models.CharField(max_length=2, choices=Language, blank=True)
    track = models.CharField(max_length=12, choices=Track, blank=True)
    total = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=400, blank=True)
    points = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    timed = models.PositiveIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("tally of answers")
        verbose_name_plural = _("tallies of answers")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "activity",
                    "version",
                    "language",
                    "track",
                    "total",
                    "out_of",
                    "answer",
                    "points",
                ],
                name="alike_answers_are_tallied_once",
            ),
            models.CheckConstraint(
                condition=models.Q(people__gte=1), name="tallies_count_somebody"
            ),
        ]

    def __str__(self):
        return f"{self.version_id} {self.answer!r}: {self.people}"
