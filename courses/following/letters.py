"""What letters about learning say at the moment they are sent; None: nothing any more.

Registered with `lms.mail.outbox`, which asks in the language of the letter. No letter
names a course, a cohort or a person.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from courses.assigning.standing import standing_of
from courses.following.cohorts import digest_for
from courses.following.reminding import first_open
from courses.models import Reminder
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts
from lms.people.models import Cohort, CohortMember
from lms.team.cohorts import members_of


def reminder(letter: Letter) -> Facts | None:
    """Return when the first open thing is due, and where to go on."""
    now = timezone.now()
    row = _row_of(letter)
    if row is None or not _is_still_asked(row, at=now):
        return None
    standings = standing_of(row.cohort, [row.person], at=now)
    first = first_open(standings.get(row.person_id, []))
    if first is None:
        return None
    return {
        "due_on": first.due_on,
        "is_late": first.late,
        "url": from_here(reverse("my_learning")),
    }


def escalation(letter: Letter) -> Facts | None:
    """Return no facts: some of it is overdue, and the cohort still asks for this."""
    rows = _rows().filter(event__in=letter.facts["about"])
    now = timezone.now()
    return {} if any(_is_overdue(row, at=now) for row in rows) else None


def _is_overdue(row: Reminder, *, at: datetime) -> bool:
    if row.cohort.escalates_after is None or row.person.shielded:
        return False
    if not _is_a_member(row, at=at):
        return False
    standings = standing_of(row.cohort, [row.person], at=at).get(row.person_id, [])
    late = [s for s in standings if s.assignment == row.assignment and s.late]
    return bool(late) and not late[0].waits


def digest(letter: Letter) -> Facts | None:
    """Return the figures of the cohorts that the trainer sees now; no name of any."""
    figures = digest_for(letter.person, at=timezone.now())
    if not figures.cohorts:
        return None
    return {"digest": figures, "url": from_here(reverse("team"))}


def _row_of(letter: Letter) -> Reminder | None:
    return _rows().filter(event=letter.event).first()


def _rows() -> QuerySet[Reminder]:
    return Reminder.objects.select_related("cohort", "person", "assignment", "by")


def _is_still_asked(row: Reminder, *, at: datetime) -> bool:
    """Whether the trainer who asked still sees the member; the clock asks for all."""
    if row.by is None:
        return _is_a_member(row, at=at)
    on = timezone.localdate(at)
    cohorts = Cohort.objects.visible_to(row.by, on=on).at_work()
    return (
        cohorts.contains(row.cohort)
        and members_of(row.cohort, viewer=row.by, on=on)
        .filter(person=row.person_id)
        .exists()
    )


def _is_a_member(row: Reminder, *, at: datetime) -> bool:
    members = CohortMember.objects.standing(timezone.localdate(at)).filter(
        cohort=row.cohort_id,
        cohort__archived_at=None,
        person=row.person_id,
        person__is_active=True,
    )
    return members.exists()
