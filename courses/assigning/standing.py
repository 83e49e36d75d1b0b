"""Where does each assignment stand for each person, and until when is it due?"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from courses.assigning import rules
from courses.assigning.facts import Facts, facts_about
from courses.assigning.superior import asked_of_superior, how_far, is_spared
from courses.models import (
    Assignment,
    AssignmentException,
    Edition,
    EditionActivity,
    Enrolment,
    SuperiorRequest,
)
from courses.rules import State as Requirement
from courses.rules import attempts_left
from courses.rules import state_of as requirement_of
from courses.syllabus import asked_of
from lms.people.models import Cohort, CohortMember, User
from lms.people.zones import day_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One assignment as it stands for one person.

    `done` and `total` count required activities; `missing` are the ones still open, of
    which `row.title(language)` says the name. `late` also when `state` says what it
    waits for.
    """

    assignment: Assignment
    person: User
    state: rules.State
    due_on: date | None
    late: bool
    edition: Edition | None  # hers, else the current one
    enrolment: Enrolment | None
    done: int
    total: int
    missing: list[EditionActivity]
    attempts_used: int  # at the final test, of those allowed by now
    attempts_allowed: int
    exception: AssignmentException | None
    request: SuperiorRequest | None  # what her superior said, or is asked
    superior: rules.Superior | None = None  # how far that is, while it waits for it

    @property
    def waits(self) -> bool:
        return self.state in rules.WAITING

    @property
    def is_asked_for(self) -> bool:
        """Whether it is open by its dates and its order: then its due day counts."""
        return not self.is_done and (not self.waits or self.superior is not None)

    @property
    def can_go_on(self) -> bool:
        """Whether the person can do something about it themselves."""
        return self.is_asked_for and (
            self.superior is None or self.superior in rules.LEARNER_ACTS
        )

    @property
    def is_done(self) -> bool:
        return self.state is rules.State.DONE

    def title(self, language: str) -> str:
        """Return the title of the course."""
        if self.edition is None:
            return self.assignment.course.code
        return self.edition.title(language)


def standing_of(
    cohort: Cohort, people: Iterable[User], *, at: datetime
) -> dict[int, list[Standing]]:
    """Return the programme of a cohort for each of these people, by their key.

    In the order of the programme. Whoever never was a member has nothing. Sight is the
    caller's: give the people whom the reader may see, or only count.
    """
    members = CohortMember.objects.filter(
        cohort=cohort, person__in=[one.pk for one in people]
    )
    return _standings(
        [cohort.pk], members.select_related("person", "cohort").order_by("from_on"), at
    )


def standings_in(
    members: Iterable[CohortMember], *, at: datetime
) -> dict[int, list[Standing]]:
    """Return the programmes of these memberships, whose cohorts may differ, by person.

    `members` come with person and cohort, the earliest first. Of which cohort one is,
    its assignment says.
    """
    members = list(members)
    return _standings({row.cohort_id for row in members}, members, at)


def own_standing(person: User, *, at: datetime) -> list[Standing]:
    """Return what a person is assigned, in the cohorts where they learn that day.

    The first to be due first; what is due on no day comes last, and the order of its
    cohort's programme decides between equals.
    """
    found = list(
        Assignment.objects.own(person, on=timezone.localdate(at)).values_list(
            "cohort", flat=True
        )
    )
    if not found:
        return []
    members = CohortMember.objects.own(person).filter(cohort__in=found)
    standings = _standings(
        found, members.select_related("person", "cohort").order_by("from_on"), at
    )
    return sorted(standings.get(person.pk, []), key=_soonest)


def _soonest(one: Standing) -> tuple[date, int]:
    return (one.due_on or date.max, one.assignment.position)


def _standings(
    cohorts: Collection[int], members: Iterable[CohortMember], at: datetime
) -> dict[int, list[Standing]]:
    programmes = defaultdict(list)
    rows = Assignment.objects.filter(cohort__in=cohorts).standing()
    for one in rows.select_related("course", "cohort").in_order():
        programmes[one.cohort_id].append(one)
    latest = {(row.cohort_id, row.person_id): row for row in members}
    assignments = [one for each in programmes.values() for one in each]
    facts = facts_about(assignments, {person for _cohort, person in latest})
    found: dict[int, list[Standing]] = defaultdict(list)
    for (cohort, person), member in latest.items():
        found[person] += _programme_of(member, programmes[cohort], facts, at)
    return found


def _programme_of(
    member: CohortMember, programme: list[Assignment], facts: Facts, at: datetime
) -> list[Standing]:
    person = member.person
    taken = {one.pk: _enrolment(one, person, facts) for one in programme}
    done = {key for key, one in taken.items() if one and one.completed_at}
    return [
        _standing(
            one,
            member,
            facts,
            enrolment=taken[one.pk],
            waits_for_course=one.after_id in taken and one.after_id not in done,
            at=at,
        )
        for one in programme
    ]


def _enrolment(one: Assignment, person: User, facts: Facts) -> Enrolment | None:
    """Return the enrolment that counts: one that does it, else the open one."""
    current = facts.editions.get(one.course_id)
    enrolments = facts.enrolments.get((person.pk, one.course_id), [])
    for enrolment in reversed(enrolments):
        if enrolment.completed_at and rules.counts_as_done(
            completed_at=enrolment.completed_at,
            assigned_at=one.assigned_at,
            in_current_run=bool(current and enrolment.edition.run == current.run),
        ):
            return enrolment
    return next((e for e in enrolments if e.is_open), None)


def _standing(
    one: Assignment,
    member: CohortMember,
    facts: Facts,
    *,
    enrolment: Enrolment | None,
    waits_for_course: bool,
    at: datetime,
) -> Standing:
    person, cohort = member.person, member.cohort
    exception = facts.exceptions.get((one.pk, person.pk))
    request = asked_of_superior(one, member, facts)
    joined_on = facts.joined[cohort.pk, person.pk].joined_on(cohort.zone)
    assigned_on = day_of(one.assigned_at, zone=cohort.zone)
    due_on = rules.due_day(
        due_on=one.due_on,
        due_after_days=one.due_after_days,
        excepted=exception.due_on if exception else None,
        joined_on=joined_on,
        assigned_on=assigned_on,
    )
    done = bool(enrolment and enrolment.completed_at)
    state = rules.state_of(
        done=done,
        begun=enrolment is not None,
        opens_on=one.opens_on,
        due_on=due_on,
        waits_for_course=waits_for_course,
        waits_for_superior=rules.needs_superior(
            asks=cohort.asks_superior,
            spared=is_spared(member, facts, on=max(joined_on, assigned_on)),
            approved=bool(request and request.approved),
        ),
        zone=cohort.zone,
        at=at,
    )
    edition = enrolment.edition if enrolment else facts.editions.get(one.course_id)
    rows = _rows(person, enrolment, edition, facts)
    used, allowed = _attempts(one, person, edition, rows, facts, at)
    return Standing(
        assignment=one,
        person=person,
        state=state,
        due_on=due_on,
        late=not done and rules.is_late(due_on, zone=cohort.zone, at=at),
        edition=edition,
        enrolment=enrolment,
        done=sum(how is Requirement.DONE for _row, how in rows),
        total=sum(how is not Requirement.WAIVED for _row, how in rows),
        missing=[row for row, how in rows if how is Requirement.OPEN],
        attempts_used=used,
        attempts_allowed=allowed,
        exception=exception,
        request=request,
        superior=(
            how_far(member, request, at=at)
            if state is rules.State.WAITS_FOR_SUPERIOR
            else None
        ),
    )


def _rows(
    person: User, enrolment: Enrolment | None, edition: Edition | None, facts: Facts
) -> list[tuple[EditionActivity, Requirement]]:
    """Return what is required of a person, each with how far it is."""
    if edition is None:
        return []
    rows = facts.covered[enrolment.pk] if enrolment else facts.syllabus[edition.pk]
    done = facts.done.get(enrolment.pk, set()) if enrolment else set()
    track = enrolment.track if enrolment else person.track
    return [
        (row, requirement_of(asked, done=done, live=facts.live))
        for row, asked in zip(rows, asked_of(rows, track=track), strict=True)
        if asked.required
    ]


def _attempts(
    one: Assignment,
    person: User,
    edition: Edition | None,
    rows: list[tuple[EditionActivity, Requirement]],
    facts: Facts,
    at: datetime,
) -> tuple[int, int]:
    """Return how many attempts at the final test are used of how many by now."""
    if edition is None:
        return 0, 0
    extra = facts.extra_attempts.get((person.pk, one.course_id), 0)
    allowed = edition.attempts_allowed + extra
    left = [
        attempts_left(
            facts.taken.get((person.pk, row.activity_id, edition.run), []),
            allowed=edition.attempts_allowed,
            extra=extra,
            wait=timedelta(days=edition.wait_days),
            at=at,
        ).left
        for row, _how in rows
        if row.activity.kind == row.activity.Kind.FINAL
    ]
    return max(0, allowed - min(left, default=allowed)), allowed
