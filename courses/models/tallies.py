"""How many people answered a question alike? Counted once, and of nobody by name."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Activity
from courses.models.questions import QuestionVersion
from lms.people.choices import Language, Track

AT_ONCE = 1000  # rows in one statement: SQLite takes 32 766 values


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


class TallyQuerySet(models.QuerySet):
    def add(self, activity: UUID, sums: Mapping[Alike, Counted]) -> None:
        """Add to the tallies that are there, and make those that are not.

        The database adds: nothing is read, and nothing that another process counted
        meanwhile is lost. `bulk_create` can only put one value in place of another.
        """
        with connection.cursor() as cursor:
            for part in batched(sums.items(), AT_ONCE):
                values = [
                    value
                    for alike, one in part
                    for value in (_key(activity), *alike, *astuple(one))
                ]
                cursor.execute(_adding(len(part)), values)


def _key(activity: UUID) -> object:
    return Tally._meta.get_field("activity").get_db_prep_save(activity, connection)


def _adding(rows: int) -> str:
    quote = connection.ops.quote_name
    table = quote(Tally._meta.db_table)
    known, added = (
        [quote(Tally._meta.get_field(name).column) for name in names]
        for names in (("activity", *Alike._fields), [f.name for f in fields(Counted)])
    )
    one = f"({', '.join(['%s'] * len(known + added))})"
    sums = ", ".join(f"{name} = {table}.{name} + EXCLUDED.{name}" for name in added)
    return (
        f"INSERT INTO {table} ({', '.join(known + added)}) "  # noqa: S608 - our names
        f"VALUES {', '.join([one] * rows)} "
        f"ON CONFLICT ({', '.join(known)}) DO UPDATE SET {sums}"
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
