"""Did somebody look at, or for, unusually many people within the last hour?"""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncHour

from lms.audit import rules
from lms.audit.models import Alarm, Event, EventSubject

HOUR = timedelta(hours=1)
WEEKS_BEFORE = timedelta(days=30)
SEEN = (Event.Kind.LOOK, Event.Kind.EXPORT)


@transaction.atomic
def watch(*, at: datetime) -> list[Alarm]:
    """Raise an alarm for whoever looked at too many, or tried addresses out.

    Returns those that are new.

    One for a person and clock hour, however often they are watched meanwhile.
    """
    looked, tried = _people_by_actor(at), _unknown_by_actor(at)
    actors = sorted({*looked, *tried})
    usual = _usual_of(actors, before=at - HOUR)
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    known = set(Alarm.objects.filter(hour_at=hour).values_list("actor", flat=True))
    strange = [
        Alarm(
            actor_id=actor,
            hour_at=hour,
            people=looked[actor],
            unknown=tried[actor],
            usual=usual[actor],
            raised_at=at,
        )
        for actor in actors
        if actor not in known
        and (
            rules.is_unusual(looked[actor], usual=usual[actor])
            or rules.are_guesses(tried[actor])
        )
    ]
    if not strange:
        return []
    Alarm.objects.bulk_create(strange, ignore_conflicts=True)
    # Another watch may have been faster: what it raised is told by it.
    raised = Alarm.objects.filter(hour_at=hour, raised_at=at).exclude(actor__in=known)
    return list(raised.order_by("actor"))


def _seen(after: datetime, until: datetime) -> QuerySet[EventSubject]:
    """Return whom somebody looked at in that time, other than themselves."""
    return EventSubject.objects.filter(
        event__kind__in=SEEN,
        event__at__gt=after,
        event__at__lte=until,
        event__actor__isnull=False,
    ).exclude(person=F("event__actor"))


def _people_by_actor(at: datetime) -> Counter[int]:
    rows = (
        _seen(at - HOUR, at)
        .values("event__actor")
        .annotate(people=Count("person", distinct=True))
        .filter(people__gte=rules.FEWEST_PEOPLE)
    )
    return Counter({row["event__actor"]: row["people"] for row in rows})


def _unknown_by_actor(at: datetime) -> Counter[int]:
    """Return how many looks of each found nobody, where they are many."""
    rows = (
        Event.objects.filter(
            kind=Event.Kind.LOOK,
            purpose=rules.NOT_FOUND,
            at__gt=at - HOUR,
            at__lte=at,
            actor__isnull=False,
        )
        .values("actor")
        .annotate(looks=Count("pk"))
        .filter(looks__gt=rules.MOST_UNKNOWN_AN_HOUR)
    )
    return Counter({row["actor"]: row["looks"] for row in rows})


def _usual_of(actors: list[int], *, before: datetime) -> dict[int, int]:
    """Return the most people each looked at in one clock hour of the weeks before."""
    most: dict[int, int] = defaultdict(int)
    if not actors:
        return most
    rows = (
        _seen(before - WEEKS_BEFORE, before)
        .filter(event__actor__in=actors)
        .annotate(hour=TruncHour("event__at", tzinfo=UTC))
        .values("event__actor", "hour")
        .annotate(people=Count("person", distinct=True))
    )
    for row in rows.iterator():
        most[row["event__actor"]] = max(most[row["event__actor"]], row["people"])
    return most
