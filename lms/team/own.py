"""In which cohorts do I learn, who trains them, and which did I leave?"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from lms.people.models import CohortMember, CohortTrainer, User


@dataclass(frozen=True, slots=True)
class Learning:
    """A membership of one's own, with who trains the cohort and may be named."""

    row: CohortMember
    trainers: list[User] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Own:
    """The cohorts one learns in, and those one learned in."""

    now: list[Learning]
    past: list[CohortMember]


def memberships_of(person: User, *, on: date) -> QuerySet[CohortMember]:
    """Return the person's memberships that are not over, in cohorts at work."""
    return (
        CohortMember.objects.own(person)
        .not_over(on)
        .filter(cohort__archived_at=None)
        .select_related("cohort")
        .order_by("-cohort__until_on", "cohort__name", "pk")
    )


def cohorts_of_learner(person: User, *, on: date) -> Own:
    """Return the person's cohorts, in three queries."""
    now = [Learning(row) for row in memberships_of(person, on=on)]
    of = {one.row.cohort_id: one.trainers for one in now}
    trainings = (
        CohortTrainer.objects.visible_to(person, on=on)
        .standing(on)
        .filter(cohort__in=of, trainer__shielded=False)
        .select_related("trainer")
        .order_by("trainer__folded_name", "pk")
    )
    for training in trainings:
        of[training.cohort_id].append(training.trainer)
    past = CohortMember.objects.own(person).exclude(pk__in=[one.row.pk for one in now])
    return Own(now, list(past.select_related("cohort").order_by("-from_on", "-pk")))
