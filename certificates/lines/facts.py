"""What is known of some people that their lines are drawn from, read at once for all.

As many queries for five hundred people as for one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Greatest

from certificates.lines.rules import Post
from certificates.models import Certificate
from courses.assigning.standing import Standing, standings_in
from courses.models import (
    Activity,
    Attempt,
    Completion,
    EditionActivity,
    Enrolment,
    LedgerEntry,
)
from courses.reach import asked_among
from courses.syllabus import activities_of_each, give_editions
from lms.people.models import Affiliation, CohortMember, User


@dataclass(frozen=True, slots=True)
class Tries:
    """The attempts at the final test of an enrolment, and the best one handed in."""

    number: int = 0
    points: int | None = None
    out_of: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by whom or what they are about."""

    people: dict[int, User]
    posts: dict[int, list[Post]]
    standings: dict[int, list[Standing]]
    enrolments: dict[int, list[Enrolment]]  # those that were left, too
    covered: dict[UUID, list[EditionActivity]]  # by enrolment
    done: dict[UUID, set[UUID]]
    live: set[UUID]
    last: dict[UUID, datetime]  # by enrolment
    tries: dict[UUID, Tries]
    certificates: dict[UUID, Certificate]  # by enrolment
    in_person: dict[tuple[int, int], int] = field(default_factory=dict)  # of a cohort


def facts_about(people: Collection[int], *, on: date, at: datetime) -> Facts:
    """Return what is known of these people (their keys) at that moment."""
    persons = {one.pk: one for one in User.objects.filter(pk__in=people)}
    enrolments = list(
        Enrolment.objects.filter(learner__in=people).order_by("enrolled_at", "pk")
    )
    give_editions(enrolments)
    covered = activities_of_each(enrolments)
    keys = [one.pk for one in enrolments]
    return Facts(
        people=persons,
        posts=_posts(people),
        standings=standings_in(_memberships(people, on=on), at=at),
        enrolments=_by_learner(enrolments),
        covered=covered,
        done=_done(keys),
        live=asked_among(row.activity_id for rows in covered.values() for row in rows),
        last=_last(keys),
        tries=_tries(keys),
        certificates=_certificates(keys),
        in_person=_in_person(people),
    )


def _memberships(people: Collection[int], *, on: date) -> Iterable[CohortMember]:
    """Return the times in cohorts that oblige: begun, and not ended before their time.

    What a cohort that is over or archived assigned stays an obligation.
    """
    return (
        CohortMember.objects.filter(
            Q(ended="") | Q(ended=CohortMember.End.ARCHIVED),
            person__in=people,
            person__erased_at=None,
            from_on__lte=on,
        )
        .select_related("person", "cohort")
        .order_by("from_on", "pk")
    )


def _posts(people: Collection[int]) -> dict[int, list[Post]]:
    rows = Affiliation.objects.filter(person__in=people, refused_at=None)
    found: dict[int, list[Post]] = defaultdict(list)
    for one in rows.select_related("institution").order_by("from_on", "pk"):
        place = one.institution
        found[one.person_id].append(
            Post(
                institution=one.institution_id,
                country=place.country if place else "",
                from_on=one.from_on,
                until_on=one.until_on,
                confirmed=one.confirmed_at is not None,
            )
        )
    return found


def _by_learner(enrolments: list[Enrolment]) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        found[one.learner_id].append(one)
    return found


def _done(keys: list[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Completion.objects.filter(enrolment__in=keys)
    for enrolment, activity in rows.values_list("enrolment", "activity"):
        found[enrolment].add(activity)
    return found


def _last(keys: list[UUID]) -> dict[UUID, datetime]:
    """Return when somebody last did something in each enrolment."""
    done = Completion.objects.filter(enrolment__in=keys)
    tried = Attempt.objects.filter(enrolment__in=keys)
    moments = [
        *done.values_list("enrolment").annotate(Max("at")).order_by(),
        *tried.values_list("enrolment")
        .annotate(
            last=Max(
                Greatest(
                    F("started_at"),
                    Coalesce("saved_at", "started_at"),
                    Coalesce("submitted_at", "started_at"),
                )
            )
        )
        .order_by(),
    ]
    found: dict[UUID, datetime] = {}
    for enrolment, moment in moments:
        found[enrolment] = max(moment, found.get(enrolment, moment))
    return found


def _tries(keys: list[UUID]) -> dict[UUID, Tries]:
    finals = Attempt.objects.filter(
        enrolment__in=keys, activity__kind=Activity.Kind.FINAL
    )
    numbers = dict(finals.values_list("enrolment").annotate(Count("pk")).order_by())
    best: dict[UUID, tuple[int, int]] = {}
    handed_in = finals.submitted().order_by("submitted_at", "pk")
    for enrolment, points, out_of in handed_in.values_list(
        "enrolment", "points", "out_of"
    ):
        before = best.get(enrolment)
        if before is None or points * before[1] > before[0] * out_of:  # as shares
            best[enrolment] = (points, out_of)
    return {
        key: Tries(number, *best.get(key, (None, None)))
        for key, number in numbers.items()
    }


def _certificates(keys: list[UUID]) -> dict[UUID, Certificate]:
    rows = Certificate.objects.filter(enrolment__in=keys).with_successor()
    return {one.enrolment_id: one for one in rows}


def _in_person(people: Collection[int]) -> dict[tuple[int, int], int]:
    """Return the minutes that people earned in a room, by person and cohort."""
    rows = (
        LedgerEntry.objects.counting()
        .filter(person__in=people)
        .annotate(of_cohort=Coalesce("workshop__cohort", "observation__cohort"))
        .values_list("person", "of_cohort")
        .annotate(Sum("minutes"))
        .order_by()
    )
    return {(person, cohort): minutes for person, cohort, minutes in rows}
