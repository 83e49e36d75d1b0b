"""Where each assignment stands for each person, and what that costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import complete_activity
from courses.assigning.rules import State
from courses.assigning.standing import own_standing, standing_of, standings_in
from courses.models import AssignmentException, Enrolment
from lms.models import CohortMember
from lms.team.actions import redeem
from tests.courses.answering import begin, hand_in
from tests.courses.assigning.conftest import DAY, join, make_assignment
from tests.factories import (
    NOON,
    CohortFactory,
    EnrolmentFactory,
    PersonFactory,
    make_edition,
    wrong_answer,
)
from tests.lms.team.inviting import invited

pytestmark = pytest.mark.django_db


def the_one(cohort, person, *, at=NOON):
    (found,) = standing_of(cohort, [person], at=at)[person.pk]
    return found


def states(cohort, person, *, at=NOON):
    return [one.state for one in standing_of(cohort, [person], at=at)[person.pk]]


def test_before_somebody_begins_all_of_the_edition_is_open(cohort, ana, assignment):
    found = the_one(cohort, ana)

    assert (found.assignment, found.person) == (assignment, ana)
    assert (found.state, found.due_on, found.late) == (
        State.OPEN,
        date(2026, 11, 30),
        False,
    )
    assert (found.enrolment, found.done, found.total) == (None, 0, 3)
    assert [row.title("en") for row in found.missing] == [
        "Lección 1 (en)",
        "Lección 2 (en)",
        "Prueba final (en)",
    ]
    assert (found.attempts_used, found.attempts_allowed) == (0, 3)
    assert found.title("en") == "Curso C1 (en)"


@pytest.mark.parametrize(
    ("country", "zone", "clock", "due_on"),
    [  # on the site, in Guatemala: 22:30 of the 2nd, 0:30 of the 3rd, noon
        ("DO", "", (4, 30), date(2026, 11, 8)),
        ("US", "Pacific/Honolulu", (6, 30), date(2026, 11, 7)),
        ("MX", "America/Tijuana", (18, 0), date(2026, 11, 8)),
    ],
)
def test_days_to_finish_begin_on_the_day_it_was_in_the_cohort(
    edition, tomas, bruno, country, zone, clock, due_on
):
    at = datetime(2026, 11, 3, *clock, tzinfo=UTC)
    cohort = CohortFactory(country=country, time_zone=zone, trainers=[tomas])
    make_assignment(
        cohort,
        edition.course,
        by=tomas,
        due_on=None,
        due_after_days=5,
        assigned_at=at - 30 * DAY,
    )

    redeem(invited(cohort, by=tomas, at=at - DAY), by=bruno, at=at)

    assert the_one(cohort, bruno, at=at).due_on == due_on


def test_what_is_done_is_counted(cohort, ana, assignment, enrolment, activities):
    complete_activity(
        enrolment,
        activity=activities["lesson-1"],
        language="es",
        revision=None,
        at=NOON,
    )

    found = the_one(cohort, ana)

    assert (found.enrolment, found.done, found.total) == (enrolment, 1, 3)
    assert len(found.missing) == 2


def test_what_is_not_live_any_more_is_not_owed(
    cohort, ana, assignment, enrolment, course_page
):
    course_page.get_descendants().get(slug="leccion-1").specific.unpublish()
    english = course_page.get_translations().get()
    english.get_descendants().get(slug="leccion-1-en").specific.unpublish()

    found = the_one(cohort, ana)

    assert (found.done, found.total, len(found.missing)) == (0, 2, 2)


def test_attempts_at_the_final_test_are_counted_with_the_extra_ones(
    time_machine, cohort, ana, tomas, assignment, enrolment, activities
):
    time_machine.move_to(NOON, tick=False)
    hand_in(begin(enrolment, activities["final"]), wrong_answer)
    AssignmentException.objects.create(
        assignment=assignment,
        person=ana,
        extra_attempts=2,
        reason="Estuvo enferma",
        made_by=tomas,
        made_at=NOON,
    )

    found = the_one(cohort, ana)

    assert (found.attempts_used, found.attempts_allowed) == (1, 5)


@pytest.mark.parametrize(
    ("later", "state", "late"),
    [
        (timedelta(days=20), State.OPEN, False),
        (timedelta(days=21), State.DUE_SOON, False),
        (timedelta(days=28, hours=11), State.DUE_SOON, False),
        (timedelta(days=28, hours=12), State.LATE, True),  # midnight in Guatemala
    ],
)
def test_the_due_day_ends_where_the_cohort_is(
    cohort, ana, assignment, later, state, late
):
    found = the_one(cohort, ana, at=NOON + later)

    assert (found.state, found.late) == (state, late)


def test_whoever_joins_later_has_as_many_days(cohort, ana, bruno, assignment):
    assignment.due_on, assignment.due_after_days = None, 30
    assignment.save()
    join(cohort, bruno, on=NOON.date() + 10 * DAY)

    found = standing_of(cohort, [ana, bruno], at=NOON)

    assert found[ana.pk][0].due_on == date(2026, 12, 2)
    assert found[bruno.pk][0].due_on == date(2026, 12, 12)


def test_whoever_leaves_and_returns_has_no_more_days(cohort, bruno, assignment):
    type(assignment).objects.update(due_on=None, due_after_days=10)
    first = join(cohort, bruno, on=NOON.date())
    first.until_on = NOON.date() + 5 * DAY
    first.save()
    join(cohort, bruno, on=NOON.date() + 8 * DAY)

    found = the_one(cohort, bruno, at=NOON + 8 * DAY)
    [today] = standings_in(
        CohortMember.objects.filter(person=bruno, until_on=None), at=NOON + 8 * DAY
    )[bruno.pk]

    assert found.due_on == today.due_on == NOON.date() + 10 * DAY


def test_an_exception_is_for_one_person(cohort, ana, bruno, tomas, assignment):
    join(cohort, bruno, on=NOON.date())
    exception = AssignmentException.objects.create(
        assignment=assignment,
        person=ana,
        due_on=date(2026, 12, 24),
        reason="Estuvo enferma",
        made_by=tomas,
        made_at=NOON,
    )

    found = standing_of(cohort, [ana, bruno], at=NOON)

    assert found[ana.pk][0].due_on == date(2026, 12, 24)
    assert found[ana.pk][0].exception == exception
    assert found[bruno.pk][0].due_on == date(2026, 11, 30)


def test_the_second_waits_until_the_first_is_done(
    cohort, ana, assignment, second, edition
):
    assert states(cohort, ana) == [State.OPEN, State.WAITS_FOR_COURSE]

    EnrolmentFactory(learner=ana, edition=edition, completed_at=NOON)

    assert states(cohort, ana) == [State.DONE, State.OPEN]


def test_whoever_has_begun_waits_for_nothing(
    cohort, ana, assignment, second, second_edition
):
    EnrolmentFactory(learner=ana, edition=second_edition)

    assert states(cohort, ana) == [State.OPEN, State.OPEN]


def test_what_was_left_is_not_begun(cohort, ana, assignment, enrolment):
    Enrolment.objects.update(withdrawn_at=NOON)

    assert the_one(cohort, ana).enrolment is None


def test_what_was_completed_in_an_older_run_is_taken_anew(
    cohort, ana, assignment, edition, course_page
):
    old = EnrolmentFactory(
        learner=ana,
        edition=edition,
        enrolled_at=NOON - 9 * DAY,
        completed_at=NOON - DAY,
    )
    assert the_one(cohort, ana).enrolment == old

    make_edition(course_page, at=NOON)

    assert (the_one(cohort, ana).state, the_one(cohort, ana).enrolment) == (
        State.OPEN,
        None,
    )


def test_a_cohort_that_asks_superiors_waits_for_them(cohort, ana, bruno, assignment):
    cohort.asks_superior = True
    cohort.save()
    join(cohort, bruno, on=NOON.date())
    bruno.shielded = True
    bruno.save()

    assert states(cohort, ana) == [State.WAITS_FOR_SUPERIOR]
    assert states(cohort, bruno) == [State.OPEN]


def test_who_never_was_a_member_has_nothing(cohort, bruno, assignment):
    assert standing_of(cohort, [bruno], at=NOON).get(bruno.pk, []) == []


def test_what_was_withdrawn_stands_for_nobody(cohort, ana, assignment):
    assignment.withdrawn_at = NOON
    assignment.save()

    assert standing_of(cohort, [ana], at=NOON).get(ana.pk, []) == []


def test_ones_own_are_those_of_all_cohorts_the_first_to_be_due_first(
    ana, tomas, assignment, second_edition
):
    other = CohortFactory(trainers=[tomas], members=[ana])
    sooner = make_assignment(
        other, second_edition.course, by=tomas, due_on=date(2026, 11, 9)
    )

    found = own_standing(ana, at=NOON)

    assert [one.assignment for one in found] == [sooner, assignment]


@pytest.mark.parametrize("over", ["left", "archived", "withdrawn"])
def test_what_is_over_is_nobodys_own(ana, cohort, assignment, over):
    if over == "left":
        ana.member_rows.update(until_on=NOON.date() - DAY)
    elif over == "archived":
        type(cohort).objects.update(archived_at=NOON)
    else:
        type(assignment).objects.update(withdrawn_at=NOON)

    assert own_standing(ana, at=NOON) == []


def queries_of(ask) -> int:
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def test_many_cost_as_many_queries_as_one(
    cohort, ana, tomas, assignment, second, edition, second_edition
):
    EnrolmentFactory(learner=ana, edition=edition)
    one = queries_of(lambda: standing_of(cohort, [ana], at=NOON))
    own = queries_of(lambda: own_standing(ana, at=NOON))

    people = [ana, *PersonFactory.create_batch(4)]
    for person in people[1:]:
        join(cohort, person, on=NOON.date())
        EnrolmentFactory(learner=person, edition=edition)
        EnrolmentFactory(learner=person, edition=second_edition, completed_at=NOON)
    other = CohortFactory(trainers=[tomas], members=[ana])
    make_assignment(other, edition.course, by=tomas)

    assert queries_of(lambda: standing_of(cohort, people, at=NOON)) == one
    assert queries_of(lambda: own_standing(ana, at=NOON)) == own
    assert one <= 14
