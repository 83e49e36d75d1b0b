"""What is written by the clock: before and after due days, to superiors, on Mondays.

Everything may run twice, and at once: what was written has its event, and the event is
unique.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from courses.assigning.standing import Standing, standing_of
from courses.following import rules
from courses.following.actions.reminding import claim, write
from courses.following.rules import Step
from courses.models import Reminder
from lms.mail.outbox import letter_to, letter_to_address, post
from lms.mail.rules import not_before
from lms.people.models import Cohort, CohortMember, CohortTrainer, User
from lms.people.rules import COHORTS_CLOSE_WITHIN
from lms.people.scope import in_force
from lms.people.zones import day_of, zone_of

A_DAY = timedelta(days=1)


@transaction.atomic
def remind_by_the_clock(cohort: Cohort, *, at: datetime) -> int:
    """Remind members for whom a due day is near or over; return how many.

    One letter per person at most, about what is due first, and none within two days of
    another reminder. Shielded people are reminded as well: nobody reads it but they.
    """
    first: dict[int, Reminder] = {}
    for standing, step in _due_in(cohort, at=at):
        first.setdefault(standing.person.pk, _reminder(cohort, standing, step, at))
    written = Reminder.objects.filter(event__in=[one.event for one in first.values()])
    known = set(written.values_list("event", flat=True))
    new = {key: one for key, one in first.items() if one.event not in known}
    won = claim(new, at=not_before(at, zone=cohort.zone))
    return len(write(one for key, one in new.items() if key in won))


def _due_in(cohort: Cohort, *, at: datetime) -> list[tuple[Standing, Step]]:
    """Return what is to be reminded of, the first to be due first."""
    on = day_of(at, zone=cohort.zone)
    found = [
        (one, step)
        for one in _open_standings(cohort, at=at)
        if one.due_on and (step := rules.step_of(one.due_on, on=on))
    ]
    return sorted(found, key=lambda pair: (pair[0].due_on, pair[0].assignment.position))


def _open_standings(cohort: Cohort, *, at: datetime) -> Iterator[Standing]:
    """Yield what members of today can go on with."""
    people = [row.person for row in members_at_work(cohort, at=at)]
    for standings in standing_of(cohort, people, at=at).values():
        yield from (one for one in standings if one.can_go_on)


def _reminder(cohort: Cohort, standing: Standing, step: Step, at: datetime) -> Reminder:
    about = f"{standing.assignment.pk}:{standing.person.uuid}"
    kinds = Reminder.Kind
    return Reminder(
        event=f"due:{about}:{standing.due_on}:{step.days}",
        cohort=cohort,
        person=standing.person,
        assignment=standing.assignment,
        kind=kinds.BEFORE if step.days > 0 else kinds.AFTER,
        at=at,
    )


@transaction.atomic
def escalate(cohort: Cohort, *, at: datetime) -> int:
    """Tell superiors of what is long overdue; return of how many things they are told.

    Of each once, and of all that is new in the cohort in one letter, which names
    nobody. Nothing is told about shielded people, nor to whom no trainer confirmed.
    """
    if cohort.escalates_after is None:
        return 0
    on = day_of(at, zone=cohort.zone)
    superiors = {
        row.person_id: row.superior_address
        for row in members_at_work(cohort, at=at)
        if row.superior_address
        and not row.superior_unconfirmed
        and not row.person.shielded
    }
    events = {
        _escalation_of(one): one
        for one in _open_standings(cohort, at=at)
        if one.person.pk in superiors
        and one.due_on
        and not one.waits
        and rules.is_to_be_escalated(one.due_on, after=cohort.escalates_after, on=on)
    }
    written = Reminder.objects.filter(event__in=events).values_list("event", flat=True)
    new = {event: events[event] for event in events.keys() - set(written)}
    Reminder.objects.bulk_create(
        [
            Reminder(
                event=event,
                cohort=cohort,
                person=one.person,
                assignment=one.assignment,
                kind=Reminder.Kind.ESCALATION,
                at=at,
            )
            for event, one in new.items()
        ],
        ignore_conflicts=True,
    )
    by_superior = defaultdict(list)
    for event in sorted(new):
        by_superior[superiors[new[event].person.pk].lower()].append(event)
    post(
        letter_to_address(
            superior,
            language=new[about[0]].person.language,
            event=about[0],
            template="escalation",
            facts={"about": about},
            at=at,
            urgent=False,
            zone=cohort.zone,
        )
        for superior, about in by_superior.items()
    )
    return len(new)


def _escalation_of(one: Standing) -> str:
    return f"escalation:{one.assignment.pk}:{one.person.uuid}"


@transaction.atomic
def post_digests(*, at: datetime) -> int:
    """Write every trainer their letter of the week, on its first days; return how many.

    What it says is asked when it is sent: then the trainer may train nothing any more.
    """
    zones = _zones_of_trainers(at=at)
    return post(
        letter_to(
            trainer,
            event=f"digest:{trainer.uuid}:{rules.week_of(day_of(at, zone=zone))}",
            template="digest",
            at=at,
            urgent=False,
            zone=zone,
        )
        for trainer, zone in zones.items()
        if rules.is_day_of_the_digest(day_of(at, zone=zone))
    )


def _zones_of_trainers(*, at: datetime) -> dict[User, ZoneInfo]:
    """Return who trains cohorts at work, and whose days are theirs.

    Those of their country; of who said none, those of the first cohort they train.
    """
    rows = CohortTrainer.objects.filter(
        in_force(timezone.localdate(at)),
        cohort__in=cohorts_at_work(at=at),
        trainer__in=User.objects.open(),
    )
    zones: dict[User, ZoneInfo] = {}
    for row in rows.select_related("trainer", "cohort").order_by("trainer", "pk"):
        of_country = row.trainer.country and zone_of(row.trainer.country)
        zones.setdefault(row.trainer, of_country or row.cohort.zone)
    return zones


def cohorts_at_work(*, at: datetime, key: int | None = None) -> list[Cohort]:
    """Return the cohorts that have begun and whose books are not closed; or that one.

    Each by the day that it is there, which is no further than one from any other.
    """
    on = timezone.localdate(at)
    near = Cohort.objects.at_work().filter(
        from_on__lte=on + A_DAY, until_on__gte=on - COHORTS_CLOSE_WITHIN - A_DAY
    )
    if key is not None:
        near = near.filter(pk=key)
    return [
        one
        for one in near.order_by("pk")
        if rules.is_at_work(
            from_on=one.from_on, until_on=one.until_on, on=day_of(at, zone=one.zone)
        )
    ]


def members_at_work(cohort: Cohort, *, at: datetime) -> QuerySet[CohortMember]:
    """Return the members of this moment whose accounts are open.

    Their days are those of the site, whatever the cohort's: who came or was taken out
    a moment ago is in it, or out, from then on (`CohortMember`).
    """
    return (
        CohortMember.objects.standing(timezone.localdate(at))
        .filter(cohort=cohort, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
