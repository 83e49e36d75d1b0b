"""Which tests have been counted, and what was answered in them?"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from courses.analysis.rules import Tally
from courses.models import Activity, Attempt, QuestionVersion
from courses.models import Tally as TallyRow

FIELDS = (
    "version",
    "language",
    "track",
    "total",
    "out_of",
    "answer",
    "points",
    "people",
    "timed",
    "seconds",
)


def counted_tests() -> QuerySet[Activity]:
    """Return the quizzes that anything is known of, by course and kind."""
    counted = TallyRow.objects.values("activity")
    tests = Activity.objects.filter(pk__in=counted).select_related("course")
    return tests.order_by("course__code", "kind", "made_at", "pk")


def tallies_of(test: Activity) -> list[Tally]:
    """Return what was answered in the first attempts at a test; one query."""
    rows = TallyRow.objects.filter(activity=test).order_by("pk")
    return [Tally(*row) for row in rows.values_list(*FIELDS)]


def by_version(tallies: list[Tally]) -> dict[int, list[Tally]]:
    """Return the same by the version that was asked."""
    found = defaultdict(list)
    for one in tallies:
        found[one.version].append(one)
    return found


def versions_in(keys) -> dict[int, QuestionVersion]:
    """Return versions with their questions, and what was corrected of them."""
    rows = QuestionVersion.objects.select_related("question", "correction")
    return rows.in_bulk(list(keys))


def counted_at(tests: list[UUID]) -> dict[UUID, datetime]:
    """Return when each test was last counted."""
    rows = Attempt.objects.filter(activity__in=tests).exclude(counted_at=None)
    return dict(
        rows.order_by()
        .values("activity")
        .annotate(at=Max("counted_at"))
        .values_list("activity", "at")
    )
