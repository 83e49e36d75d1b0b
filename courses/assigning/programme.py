"""What does a cohort take, in which order, and how many are done or late?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from courses.assigning.rules import State
from courses.assigning.standing import Standing, standing_of
from courses.models import Assignment, Edition
from lms.folding import folded_text
from lms.people.models import Cohort, User
from lms.team.cohorts import counted_in

Titled = tuple[Assignment, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One course of the programme, with how many of those who are counted did it."""

    assignment: Assignment
    title: str
    after: str  # the title of the one that comes first, "" for none
    begun: int
    done: int
    late: int
    people: int


def titled(cohort: Cohort, *, language: str) -> list[Titled]:
    """Return the standing assignments in their order, each with its course's title."""
    rows = Assignment.objects.filter(cohort=cohort).standing()
    assignments = list(rows.select_related("course", "cohort").in_order())
    titles = titles_of({one.course_id for one in assignments}, language=language)
    return [(one, titles[one.course_id]) for one in assignments]


def titles_of(courses: Iterable[UUID], *, language: str) -> dict[UUID, str]:
    """Return the titles that these courses have in their current editions."""
    editions = Edition.objects.filter(course__in=courses).current()
    return {edition.course_id: edition.title(language) for edition in editions}


def courses_to_assign(cohort: Cohort, *, language: str) -> list[tuple[str, str]]:
    """Return key and title of each open course that the cohort is not assigned yet."""
    taken = Assignment.objects.filter(cohort=cohort).standing().values("course")
    editions = Edition.objects.exclude(course__in=taken).current()
    choices = [(str(one.course_id), one.title(language)) for one in editions]
    return sorted(choices, key=lambda choice: folded_text(choice[1]))


def programme_of(cohort: Cohort, *, language: str, at: datetime) -> list[Line]:
    """Return the programme; as many queries for many courses and people as for one."""
    rows = titled(cohort, language=language)
    titles = {one.pk: title for one, title in rows}
    standings: dict[UUID, list[Standing]] = {one.pk: [] for one, _title in rows}
    people = _people_of(cohort, at=at)
    for mine in standing_of(cohort, people, at=at).values():
        for one in mine:
            standings[one.assignment.pk].append(one)
    return [
        Line(
            assignment=one,
            title=title,
            after=titles.get(one.after_id, ""),
            begun=sum(s.enrolment is not None for s in standings[one.pk]),
            done=sum(s.state is State.DONE for s in standings[one.pk]),
            late=sum(s.late for s in standings[one.pk]),
            people=len(standings[one.pk]),
        )
        for one, title in rows
    ]


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom one more course of a cohort is asked of, as they are counted."""

    first: int  # who is asked for their first course
    finished: int
    open: int  # who has something to finish already


def reached_by_one_more(cohort: Cohort, *, at: datetime) -> Reached:
    """Return what assigning another course would do, and to how many."""
    people = _people_of(cohort, at=at)
    programmes = list(standing_of(cohort, people, at=at).values())
    asked = [mine for mine in programmes if mine]
    finished = sum(all(one.is_done for one in mine) for mine in asked)
    return Reached(
        first=len(people) - len(asked),
        finished=finished,
        open=len(asked) - finished,
    )


def _people_of(cohort: Cohort, *, at: datetime) -> list[User]:
    """Return the members of that day who are listed: figures count no others."""
    rows = counted_in([cohort], on=timezone.localdate(at))
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return list(people.values())
