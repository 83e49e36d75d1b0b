"""Reminding members of a cohort: each at most once in two days, whoever asks."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from courses.assigning.standing import Standing
from courses.following import rules
from courses.following.reminding import Line, plan
from courses.models import Reminder, ReminderClock, SuperiorRequest
from lms.mail.outbox import letter_to, letter_to_address, post
from lms.mail.rules import not_before
from lms.people.models import Cohort, User


@transaction.atomic
def remind(
    cohort: Cohort, people: Collection[UUID], *, by: User, at: datetime
) -> list[User]:
    """Write to those of these members who may be reminded now; return whom.

    `people` are the keys of persons (`uuid`). Whoever the trainer does not see, has
    nothing to finish, or was reminded within two days, gets nothing. Of two trainers
    who ask at once, one writes. Whose superior is asked and has not answered, for them
    the superior gets the question again.
    """
    lines = plan(cohort, people, viewer=by, at=at)
    willing = [line for line in lines if not line.refusals]
    leaves = not_before(at, zone=cohort.zone)
    won = claim([line.person.pk for line in willing], at=leaves)
    batch = uuid4()

    def by_hand(line: Line, about: Standing | None = None) -> Reminder:
        whom = "superior" if about else "reminder"
        return Reminder(
            event=f"{whom}:{batch}:{line.person.uuid}",
            cohort=cohort,
            person=line.person,
            assignment=about.assignment if about else None,
            kind=Reminder.Kind.BY_HAND,
            by=by,
            at=at,
        )

    free = [line for line in willing if line.person.pk in won]
    write(by_hand(line) for line in free if line.opens)
    ask_again(
        (about.request, by_hand(line, about))
        for line in free
        if (about := line.asked) and about.request
    )
    return [line.person for line in free]


def claim(people: Iterable[int], *, at: datetime) -> set[int]:
    """Set the clocks of these people (their keys) that allow it; return whose were set.

    `at` is when the letter leaves, in office hours: what was asked for on Saturday and
    on Sunday would arrive together on Monday.

    The UPDATE decides between all who ask at once. Rows are locked in one order before,
    so that two of them never wait for each other.
    """
    keys, batch = sorted(people), uuid4()
    ReminderClock.objects.bulk_create(
        [ReminderClock(person_id=key) for key in keys], ignore_conflicts=True
    )
    clocks = ReminderClock.objects.filter(person__in=keys)
    list(clocks.select_for_update().order_by("person").values_list("pk"))
    clocks.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=at - rules.REMIND_AGAIN_AFTER)
    ).update(reminded_at=at, batch=batch)
    return set(clocks.filter(batch=batch).values_list("person", flat=True))


def write(reminders: Iterable[Reminder]) -> list[User]:
    """Store these reminders and post a letter for each; return to whom."""
    reminders = list(reminders)
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True, batch_size=500)
    post(
        letter_to(
            one.person,
            event=one.event,
            template="reminder",
            at=one.at,
            urgent=False,
            zone=one.cohort.zone,
        )
        for one in reminders
    )
    return [one.person for one in reminders]


def ask_again(asked: Iterable[tuple[SuperiorRequest, Reminder]]) -> None:
    """Store these reminders, and send the question to each superior once more."""
    asked = list(asked)
    Reminder.objects.bulk_create([reminder for _request, reminder in asked])
    post(
        letter_to_address(
            request.superior_address,
            language=reminder.person.language,
            event=reminder.event,
            template="superior_request",
            facts={"request": str(request.uuid), "again": True},
            at=reminder.at,
            urgent=False,
            zone=reminder.cohort.zone,
        )
        for request, reminder in asked
    )
