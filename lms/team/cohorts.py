"""Who learns in the cohorts that somebody trains?

What is listed begins with `visible_to`, and figures count whoever is listed: a trainer
learns nothing of shielded people, not even how many there are. A figure that grows
while no name appears would say who they are. Closed accounts learn in no cohort.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lms.people.models import Affiliation, Cohort, CohortMember, User
from lms.people.models.cohorts import CohortMemberQuerySet
from lms.people.scope import in_force

PER_PAGE = 50


def cohorts_of(viewer: User, *, on: date) -> QuerySet[Cohort]:
    """Return the cohorts the viewer trains, each with how many people it lists."""
    today = in_force(on, path="member_rows__") & Q(
        member_rows__person__closed_at=None, member_rows__person__shielded=False
    )
    people = Count("member_rows__person", filter=today, distinct=True)
    return (
        Cohort.objects.visible_to(viewer, on=on)
        .annotate(people=people)
        .order_by("-until_on", "name", "pk")
    )


def members_of(cohort: Cohort, *, viewer: User, on: date) -> QuerySet[CohortMember]:
    """Return the members of the cohort today whom the viewer may see."""
    return (
        CohortMember.objects.visible_to(viewer, on=on)
        .standing(on)
        .listed()
        .filter(cohort=cohort)
        .select_related("person")
        .order_by("person__folded_name", "pk")
    )


def members_in(viewer: User, *, at: datetime) -> CohortMemberQuerySet:
    """Return the members today of all cohorts at work that the viewer trains.

    As `members_of` does of one of them; the earliest first.
    """
    on = timezone.localdate(at)
    return (
        CohortMember.objects.visible_to(viewer, on=on)
        .standing(on)
        .listed()
        .filter(cohort__in=Cohort.objects.visible_to(viewer, on=on).at_work())
        .select_related("person", "cohort")
        .order_by("from_on", "pk")
    )


def counted_in(cohorts: Collection[Cohort], *, on: date) -> CohortMemberQuerySet:
    """Return the memberships of today in these cohorts, as their trainers count."""
    return CohortMember.objects.standing(on).listed().filter(cohort__in=cohorts)


@dataclass(frozen=True, slots=True)
class Member:
    """A member with the post they hold today, if they said where they work."""

    row: CohortMember
    post: Affiliation | None


def with_posts(rows: Iterable[CohortMember], *, viewer: User, on: date) -> list[Member]:
    """Return these members with their posts of today that the viewer may see."""
    rows = list(rows)
    posts = (
        Affiliation.objects.visible_to(viewer, on=on)
        .standing(on)
        .filter(person__in=[row.person_id for row in rows])
        .select_related("institution")
        .order_by("from_on", "pk")
    )
    of = {post.person_id: post for post in posts}
    return [Member(row, of.get(row.person_id)) for row in rows]
