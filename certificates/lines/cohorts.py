"""What are the cohorts called of whose members somebody reads a report?

A ministry sees no cohort; of its own people it reads in which one they learn.
"""

from collections.abc import Iterable
from uuid import UUID

from certificates.models.report_lines import ReportLineQuerySet
from lms.people.models import Cohort


def cohorts_in(lines: ReportLineQuerySet) -> list[tuple[UUID, str]]:
    """Return the cohorts of these lines, which are in the reader's sight, by name."""
    found = Cohort.objects.filter(pk__in=lines.order_by().values("cohort"))
    return list(found.order_by("from_on", "name", "pk").values_list("uuid", "name"))


def names_of(cohorts: Iterable[int]) -> dict[int, str]:
    """Return the names of these cohorts (keys taken from lines in sight)."""
    return dict(Cohort.objects.filter(pk__in=cohorts).values_list("pk", "name"))
