"""How many people answered a question alike? Counted once, and of nobody by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Activity
from courses.models.questions import QuestionVersion
from lms.people.choices import Language, Track

AT_ONCE = 1000  # rows in one statement: SQLite takes 32 766 values
NOTHING = (0, 0, 0)


class Alike(NamedTuple):
    """What answers have in common that one tally counts, beside their test."""

    version: int
    language: str
    track: str
    total: int
    out_of: int
    answer: str
    points: int


@dataclass(slots=True)
class Counted:
    """How many answered alike, of how many the time is known, and how long in all."""

    people: int = 0
    timed: int = 0
    seconds: int = 0


ALIKE = Alike._fields
COUNTED = ("people", "timed", "seconds")


class TallyQuerySet(models.QuerySet):
    def add(self, activity: UUID, sums: Mapping[Alike, Counted]) -> None:
        """Add to the tallies that are there, and make those that are not.

        Whoever adds holds the row of the test, so that nobody adds meanwhile.
        """
        versions = {alike.version for alike in sums}
        rows = self.filter(activity=activity, version__in=versions)
        known = {
            Alike._make(row[: len(ALIKE)]): row[len(ALIKE) :]
            for row in rows.values_list(*ALIKE, *COUNTED)
        }
        self.bulk_create(
            (
                _tally(activity, alike, one, known.get(alike, NOTHING))
                for alike, one in sums.items()
            ),
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["activity", *ALIKE],
            update_fields=COUNTED,
        )


def _tally(
    activity: UUID, alike: Alike, one: Counted, before: tuple[int, int, int]
) -> "Tally":
    people, timed, seconds = before
    return Tally(
        activity_id=activity,
        version_id=alike.version,
        people=people + one.people,
        timed=timed + one.timed,
        seconds=seconds + one.seconds,
        **{name: getattr(alike, name) for name in ALIKE[1:]},
    )


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

    objects = TallyQuerySet.as_manager()

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
