"""How many people does a reader take away in a day, in all files and by programs?

The audit log knows: nobody leaves the platform without a line in it. Those do not count
to whom a second person said yes.
"""

from collections.abc import Collection
from datetime import datetime

from certificates.models import ReportFile
from certificates.models.report_lines import ReportLineQuerySet
from lms.audit.models import EventSubjectQuerySet as Subjects
from lms.people.crowd import exported_today, with_these
from lms.people.models import User


def taken_today(reader: User, *, at: datetime) -> Subjects:
    """Return who left in the reader's hands since midnight, by the site's clock."""
    agreed = ReportFile.objects.filter(
        owner=reader.pk, needs_second=True, event__isnull=False
    )
    return exported_today(reader, at=at).exclude(event__in=agreed.values("event"))


def people_with_lines(reader: User, lines: ReportLineQuerySet, *, at: datetime) -> int:
    """Return how many people it will be today with those of the lines."""
    taken = taken_today(reader, at=at).values("person").distinct()
    further = lines.order_by().exclude(person__in=taken)
    return taken.count() + further.values("person").distinct().count()


def people_with(reader: User, whom: Collection[int], *, at: datetime) -> int:
    """Return how many people it will be today with these, known by their keys.

    The reader's row is held until the end of the transaction, which has to write down
    whom it takes: of two that ask at once, the second one counts what the first took.
    """
    return with_these(reader, taken_today(reader, at=at), whom)
