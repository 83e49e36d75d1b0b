"""What is known about the assignments of some people, read at once for all of them.

As many queries for five hundred people as for one, and for ten courses as for one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from courses.models import (
    Activity,
    Assignment,
    AssignmentException,
    Attempt,
    Completion,
    Edition,
    EditionActivity,
    Enrolment,
    SuperiorRequest,
)
from courses.reach import asked_among
from courses.syllabus import (
    activities_of_each,
    give_editions,
    syllabuses,
)
from lms.people.models import CohortMember, Shield

Taking = tuple[int, UUID]  # a person and a course
Test = tuple[int, UUID, str]  # a person, a final test, and the run it was taken in


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by whom and what they are about."""

    editions: dict[UUID, Edition]  # the current one of each course
    syllabus: dict[int, list[EditionActivity]]  # of those editions
    enrolments: dict[Taking, list[Enrolment]]  # not those that were left
    covered: dict[UUID, list[EditionActivity]]  # by each enrolment
    done: dict[UUID, set[UUID]]  # activities by enrolment
    live: set[UUID]
    exceptions: dict[tuple[UUID, int], AssignmentException]
    extra_attempts: dict[Taking, int]
    taken: dict[Test, list[datetime]]
    requests: dict[tuple[UUID, int], SuperiorRequest]  # the latest of each
    joined: dict[tuple[int, int], CohortMember]  # of a cohort: the row that was first
    own_shields: dict[int, datetime]  # since when who shielded themselves is shielded


def facts_about(assignments: Iterable[Assignment], people: Collection[int]) -> Facts:
    """Return what is known of these people (their keys) and these assignments."""
    courses = {one.course_id for one in assignments}
    editions = {
        e.course_id: e for e in Edition.objects.current() if e.course_id in courses
    }
    enrolments = list(
        Enrolment.objects.filter(
            learner__in=people, course__in=courses, withdrawn_at=None
        ).order_by("enrolled_at", "pk")
    )
    give_editions(enrolments)
    syllabus = syllabuses({edition.pk for edition in editions.values()})
    covered = activities_of_each(enrolments)
    exceptions = list(
        AssignmentException.objects.standing()
        .filter(
            person__in=people,
            assignment__course__in=courses,
            assignment__withdrawn_at=None,
        )
        .select_related("assignment")
    )
    return Facts(
        editions=editions,
        syllabus=syllabus,
        enrolments=_by_taking(enrolments),
        covered=covered,
        done=_done(enrolments),
        live=asked_among(_activities(syllabus.values(), covered.values())),
        exceptions={(one.assignment_id, one.person_id): one for one in exceptions},
        extra_attempts=_extra(exceptions),
        taken=_taken(courses, people),
        requests=_requests(assignments, people),
        joined=_joined({one.cohort_id for one in assignments}, people),
        own_shields=_own_shields(assignments, people),
    )


def _by_taking(enrolments: list[Enrolment]) -> dict[Taking, list[Enrolment]]:
    found: dict[Taking, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        found[one.learner_id, one.course_id].append(one)
    return found


def _activities(*many: Iterable[list[EditionActivity]]) -> list[UUID]:
    return list({row.activity_id for lists in many for rows in lists for row in rows})


def _done(enrolments: list[Enrolment]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Completion.objects.filter(enrolment__in=[one.pk for one in enrolments])
    for enrolment, activity in rows.values_list("enrolment", "activity"):
        found[enrolment].add(activity)
    return found


def _extra(exceptions: list[AssignmentException]) -> dict[Taking, int]:
    found: dict[Taking, int] = defaultdict(int)
    for one in exceptions:
        found[one.person_id, one.assignment.course_id] += one.extra_attempts
    return found


def _taken(courses: set[UUID], people: Collection[int]) -> dict[Test, list[datetime]]:
    """Return when each final test was taken, as the allowance counts it."""
    found: dict[Test, list[datetime]] = defaultdict(list)
    rows = Attempt.objects.filter(
        activity__kind=Activity.Kind.FINAL,
        enrolment__learner__in=people,
        enrolment__course__in=courses,
    ).order_by("started_at")
    for learner, activity, run, started, submitted in rows.values_list(
        "enrolment__learner",
        "activity",
        "enrolment__edition__run",
        "started_at",
        "submitted_at",
    ):
        found[learner, activity, run].append(submitted or started)
    return found


def _requests(
    assignments: Iterable[Assignment], people: Collection[int]
) -> dict[tuple[UUID, int], SuperiorRequest]:
    """Return the one that counts of each: a yes before all others, then the latest."""
    rows = SuperiorRequest.objects.filter(
        assignment__in=[one.pk for one in assignments], person__in=people
    )
    ordered = sorted(rows, key=lambda one: (bool(one.approved), one.asked_at))
    return {(one.assignment_id, one.person_id): one for one in ordered}


def _joined(
    cohorts: Collection[int], people: Collection[int]
) -> dict[tuple[int, int], CohortMember]:
    """Return the first membership of each: who leaves and returns joined back then."""
    rows = CohortMember.objects.filter(cohort__in=cohorts, person__in=people)
    latest_first = rows.order_by("-from_on", "-pk")
    return {(one.cohort_id, one.person_id): one for one in latest_first}


def _own_shields(
    assignments: Iterable[Assignment], people: Collection[int]
) -> dict[int, datetime]:
    """Return since when each is shielded by themselves, where a superior is asked."""
    if not any(one.cohort.asks_superior for one in assignments):
        return {}
    standing = Shield.objects.standing().filter(person__in=people)
    own = standing.filter(set_by=F("person"))
    return dict(own.values_list("person", "set_at"))
