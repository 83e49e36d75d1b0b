"""What did members of a cohort do, and when? Asked at once for all of them.

Within the sight of a viewer; without one for figures that name nobody.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from itertools import chain

from django.db.models import Max, OuterRef, QuerySet, Subquery

from courses.models import Activity, Attempt, Completion, Reminder
from lms.mail.models import Letter
from lms.people.models import User


def tries_of(
    people: Collection[int], *, viewer: User | None, on: date
) -> dict[int, list[Attempt]]:
    """Return the attempts at final tests that were handed in, by person, oldest first.

    Results only: answers are nobody else's.
    """
    rows = (
        _seen(Attempt, viewer, on)
        .submitted()
        .filter(activity__kind=Activity.Kind.FINAL, enrolment__learner__in=people)
        .select_related("enrolment", "activity")
        .order_by("submitted_at", "pk")
    )
    found: dict[int, list[Attempt]] = defaultdict(list)
    for row in rows:
        found[row.enrolment.learner_id].append(row)
    return found


def last_activity(
    people: Collection[int], *, viewer: User | None, on: date
) -> dict[int, datetime]:
    """Return when each was last active; whoever never was is left out.

    To sign in counts, and to finish something, to begin a test and to hand it in. What
    a viewer may not see, as what was done before they trained the person, does not.
    """
    signed_in = (
        _seen(User, viewer, on).filter(pk__in=people).values_list("pk", "last_login")
    )
    finished = (
        _seen(Completion, viewer, on)
        .filter(enrolment__learner__in=people)
        .values("enrolment__learner")
        .annotate(last=Max("at"))
        .values_list("enrolment__learner", "last")
    )
    tested = (
        _seen(Attempt, viewer, on)
        .filter(enrolment__learner__in=people)
        .values("enrolment__learner")
        .annotate(begun=Max("started_at"), handed_in=Max("submitted_at"))
        .values_list("enrolment__learner", "begun", "handed_in")
    )
    last: dict[int, datetime] = {}
    for key, *moments in chain(signed_in, finished, tested):
        known = [moment for moment in (last.get(key), *moments) if moment]
        if known:
            last[key] = max(known)
    return last


def reminded_in(
    cohorts: Collection[int], people: Collection[int], *, viewer: User, on: date
) -> dict[tuple[int, int], datetime]:
    """Return when each was last reminded, by cohort and person; by hand or the clock.

    Cohorts and people by their keys.
    """
    rows = (
        Reminder.objects.visible_to(viewer, on=on)
        .to_the_person()
        .filter(cohort__in=cohorts, person__in=people)
        .values("cohort", "person")
        .annotate(last=Max("at"))
        .values_list("cohort", "person", "last")
    )
    return {(cohort, person): last for cohort, person, last in rows}


def leaving_in(
    cohorts: Collection[int],
    people: Collection[int],
    *,
    viewer: User,
    on: date,
    at: datetime,
) -> dict[tuple[int, int], datetime]:
    """Return when the reminder that waits goes out, by cohort and person."""
    letters = Letter.objects.waiting().filter(event=OuterRef("event"), next_at__gt=at)
    rows = (
        Reminder.objects.visible_to(viewer, on=on)
        .to_the_person()
        .filter(cohort__in=cohorts, person__in=people)
        .annotate(leaves=Subquery(letters.values("next_at")[:1]))
        .exclude(leaves=None)
        .values_list("cohort", "person", "leaves")
    )
    return {(cohort, person): leaves for cohort, person, leaves in rows}


def _seen(model: type, viewer: User | None, on: date) -> QuerySet:
    if viewer is None:
        return model.objects.all()
    return model.objects.visible_to(viewer, on=on)
