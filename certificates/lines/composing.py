"""What do the lines of a person say, given what is known?"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from certificates.lines.facts import Facts, Tries
from certificates.lines.rules import post_on
from certificates.models import ReportLine
from courses.assigning.rules import due_moment
from courses.assigning.standing import Standing
from courses.models import Enrolment
from courses.rules import State, state_of
from courses.syllabus import asked_of
from lms.people.models import User

NAME_LENGTH = ReportLine._meta.get_field("name").max_length


def lines_about(person: User, facts: Facts, *, at: datetime) -> Iterator[ReportLine]:
    """Yield what the person is assigned, then what they took of themselves."""
    assigned: set[UUID] = set()
    for one in facts.standings.get(person.pk, []):
        if one.enrolment:
            assigned.add(one.enrolment.pk)
        yield _assigned(one, facts, at=at)
    for enrolment in facts.enrolments.get(person.pk, []):
        if enrolment.pk not in assigned:
            yield _of_enrolment(enrolment, person, facts, at=at)


def _assigned(one: Standing, facts: Facts, *, at: datetime) -> ReportLine:
    if one.enrolment:
        line = _of_enrolment(one.enrolment, one.person, facts, at=at)
    else:
        line = _line(one.person, facts, begun_on=at, ended_at=None)
        line.course_id, line.edition = one.assignment.course_id, one.edition
        line.track = one.person.track
        line.done, line.total = one.done, one.total
    cohort = one.assignment.cohort
    line.assignment, line.cohort = one.assignment, cohort
    line.due_on = one.due_on
    line.due_at = due_moment(one.due_on, zone=cohort.zone) if one.due_on else None
    if line.certificate is None:
        earned = facts.in_person.get((one.person.pk, cohort.pk), 0)
        line.minutes_in_person = earned
    return line


def _of_enrolment(
    enrolment: Enrolment, person: User, facts: Facts, *, at: datetime
) -> ReportLine:
    last = facts.last.get(enrolment.pk, enrolment.enrolled_at)
    last = enrolment.completed_at or enrolment.withdrawn_at or last
    line = _line(person, facts, begun_on=enrolment.enrolled_at, ended_at=last)
    line.course_id, line.edition_id = enrolment.course_id, enrolment.edition_id
    line.enrolment, line.track = enrolment, enrolment.track
    line.enrolled_at = enrolment.enrolled_at
    line.completed_at = enrolment.completed_at
    line.withdrawn_at = enrolment.withdrawn_at
    line.last_at = last
    _add_progress(line, enrolment, facts)
    tries = facts.tries.get(enrolment.pk, Tries())
    line.attempts, line.points, line.out_of = tries.number, tries.points, tries.out_of
    _add_certificate(line, enrolment, facts)
    return line


def _line(
    person: User, facts: Facts, *, begun_on: datetime, ended_at: datetime | None
) -> ReportLine:
    """Return a line with the person, and where they worked first and last."""
    posts = facts.posts.get(person.pk, [])
    first = post_on(posts, timezone.localdate(begun_on))
    last = post_on(posts, timezone.localdate(ended_at)) if ended_at else first
    return ReportLine(
        person=person,
        name=person.folded_name[:NAME_LENGTH],
        institution_id=first.institution if first else None,
        institution_at_end_id=last.institution if last else None,
        confirmed=bool(first and last and first.confirmed and last.confirmed),
        country=(first.country if first else "") or person.country,
        language=person.language,
    )


def _add_progress(line: ReportLine, enrolment: Enrolment, facts: Facts) -> None:
    rows = facts.covered[enrolment.pk]
    done = facts.done.get(enrolment.pk, set())
    states = [
        state_of(asked, done=done, live=facts.live)
        for asked in asked_of(rows, track=enrolment.track)
        if asked.required
    ]
    line.done = states.count(State.DONE)
    line.total = len(states) - states.count(State.WAIVED)
    line.minutes = sum(
        row.minutes_for(enrolment.track) for row in rows if row.activity_id in done
    )


def _add_certificate(line: ReportLine, enrolment: Enrolment, facts: Facts) -> None:
    found = facts.certificates.get(enrolment.pk)
    if found is None:
        return
    successor = getattr(found, "superseded_by", None)
    line.certificate = found
    line.issued_at, line.valid_until = found.issued_at, found.valid_until
    line.revoked_at = found.revoked_at
    line.suspended_at, line.lifted_at = found.suspended_at, found.lifted_at
    line.superseded_at = successor.issued_at if successor else None
    line.language = found.language
    line.minutes, line.minutes_in_person = found.minutes, found.minutes_in_person
