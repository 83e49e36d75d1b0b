"""How many minutes did people earn in person? For reports and one's own page."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear

from courses.models import Assignment, Enrolment, LedgerEntry
from lms.people.models import User


def minutes_in_person(
    people: Iterable[User | int], between: tuple[date, date]
) -> dict[int, int]:
    """Return each person's minutes by their key, from the first day to the last.

    One query. `people` are those whom the caller may see; whoever earned none is left
    out. What a counter-entry took back does not count.
    """
    first, last = between
    rows = (
        LedgerEntry.objects.filter(person__in=people, on__range=(first, last))
        .values("person")
        .annotate(total=Sum("minutes"))
        .filter(total__gt=0)
        .order_by()
    )
    return {row["person"]: row["total"] for row in rows}


def own_minutes_by_year(person: User) -> dict[int, int]:
    """Return the years with what the person earned in person in each."""
    rows = (
        LedgerEntry.objects.own(person)
        .annotate(year=ExtractYear("on"))
        .values("year")
        .annotate(total=Sum("minutes"))
        .filter(total__gt=0)
        .order_by()
    )
    return {row["year"]: row["total"] for row in rows}


def entries_toward(enrolment: Enrolment, *, at: datetime) -> QuerySet[LedgerEntry]:
    """Return the hours in person that belong to the course of an enrolment by then.

    Those entered for the learner in cohorts that took this course at that moment; each
    carries the key of its cohort as `of_cohort`. What was taken back does not count.
    """
    taking = assigned_at_the_time(at).filter(
        course=enrolment.course_id, cohort=OuterRef("of_cohort")
    )
    return (
        LedgerEntry.objects.counting()
        .filter(person=enrolment.learner_id, at__lte=at)
        .annotate(of_cohort=Coalesce("workshop__cohort", "observation__cohort"))
        .filter(Exists(taking))
    )


def assigned_at_the_time(at: datetime | OuterRef) -> QuerySet[Assignment]:
    """Return the assignments that stood at that moment, withdrawn since or not."""
    return Assignment.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), assigned_at__lte=at
    )
