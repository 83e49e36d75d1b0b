"""How many minutes did people earn in person? For reports and one's own page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from courses.models import LedgerEntry
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
