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
from lms.people.models import Affiliation, CohortMember, User


def touched_since(moment: datetime) -> set[int]:
    """Return the keys of these people."""
    return {person for rows in _rows(moment) for person in rows.distinct()}


def _rows(moment: datetime) -> Iterator[QuerySet]:
    def since(*fields: str) -> Q:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__gte": moment})
        return either

    yield Enrolment.objects.filter(
        since("enrolled_at", "completed_at", "withdrawn_at")
    ).values_list("learner", flat=True)
    yield Completion.objects.filter(since("at")).values_list(
        "enrolment__learner", flat=True
    )
    yield Attempt.objects.filter(since("started_at", "submitted_at")).values_list(
        "enrolment__learner", flat=True
    )
    yield Certificate.objects.filter(
        since("issued_at", "revoked_at", "suspended_at", "lifted_at", "erased_at")
    ).values_list("holder", flat=True)
    yield LedgerEntry.objects.filter(since("at")).values_list("person", flat=True)
    yield Affiliation.objects.filter(since("confirmed_at", "refused_at")).values_list(
        "person", flat=True
    )
    yield CohortMember.objects.filter(since("joined_at", "ended_at")).values_list(
        "person", flat=True
    )
    yield AssignmentException.objects.filter(since("made_at", "ended_at")).values_list(
        "person", flat=True
    )
    left = User.objects.filter(since("closed_at", "erased_at"))
    yield left.values_list("pk", flat=True)
    yield left.exclude(merged_into=None).values_list("merged_into", flat=True)
    changed = Assignment.objects.filter(since("assigned_at", "withdrawn_at"))
    yield CohortMember.objects.filter(cohort__in=changed.values("cohort")).values_list(
        "person", flat=True
    )
