"""How many people does a reader take away in a day, in all files and by programs?

The audit log knows: nobody leaves the platform without a line in it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from lms.audit.models import Event, EventSubject, EventSubjectQuerySet
from lms.people.models import User
from lms.people.zones import end_of

A_DAY = timedelta(days=1)


def exported_today(reader: User, *, at: datetime) -> EventSubjectQuerySet:
    """Return who left in the reader's hands since midnight, by the site's clock."""
    yesterday = timezone.localdate(at) - A_DAY
    return EventSubject.objects.filter(
        event__actor=reader.pk,
        event__kind=Event.Kind.EXPORT,
        event__at__gte=end_of(yesterday, zone=timezone.get_default_timezone()),
    )


def people_taken(reader: User, whom: Collection[int], *, at: datetime) -> int:
    """Return how many people it will be today with these; those agreed to as well.

    The reader's row is held until the end of the transaction, which has to write down
    whom it takes: of two that ask at once, the second one counts what the first took.
    """
    return with_these(reader, exported_today(reader, at=at), whom)


def with_these(reader: User, taken: EventSubjectQuerySet, whom: Collection[int]) -> int:
    """Return how many different people these and those taken are, the reader held."""
    User.objects.select_for_update(no_key=True).get(pk=reader.pk)
    return len({*taken.values_list("person", flat=True), *whom})
