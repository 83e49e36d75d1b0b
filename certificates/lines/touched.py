"""Of whom did something happen since a moment, so that their lines are drawn anew?

Where a fact carries the moment at which it was written. What does not (a due day moved,
a post that ended, a page taken down) is found by the round that comes by everybody.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from certificates.models import Certificate
from courses.models import (
    Assignment,
    AssignmentException,
    Attempt,
    Completion,
    Enrolment,
    LedgerEntry,
)
from lms.people.models import Affiliation, CohortMember


def touched_since(moment: datetime) -> set[int]:
    """Return the keys of these people."""
    return {person for rows in _rows(moment) for person in rows.iterator()}


def _rows(moment: datetime) -> Iterator[QuerySet]:
    def since(*fields: str) -> Q:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__gte": moment})
        return either

    def people(rows: QuerySet, person: str) -> QuerySet:
        return rows.order_by().values_list(person, flat=True).distinct()

    begun = Enrolment.objects.filter(
        since("enrolled_at", "completed_at", "withdrawn_at")
    )
    yield people(begun, "learner")
    done = Completion.objects.filter(since("at"))
    yield people(done, "enrolment__learner")
    tried = Attempt.objects.filter(since("started_at", "submitted_at"))
    yield people(tried, "enrolment__learner")
    awarded = Certificate.objects.filter(since("issued_at", "revoked_at", "erased_at"))
    yield people(awarded, "holder")
    present = LedgerEntry.objects.filter(since("at"))
    yield people(present, "person")
    posts = Affiliation.objects.filter(since("confirmed_at", "refused_at"))
    yield people(posts, "person")
    members = CohortMember.objects.filter(since("joined_at", "ended_at"))
    yield people(members, "person")
    excepted = AssignmentException.objects.filter(since("made_at", "ended_at"))
    yield people(excepted, "person")
    changed = Assignment.objects.filter(since("assigned_at", "withdrawn_at"))
    yield people(
        CohortMember.objects.filter(cohort__in=changed.values("cohort")), "person"
    )
