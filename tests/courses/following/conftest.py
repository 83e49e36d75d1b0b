"""The cohort of Tomás on a Monday at noon, and what it takes until four weeks later."""

from datetime import timedelta

import pytest

from courses.following import actions
from courses.models import Attempt, Completion
from tests.courses.assigning.conftest import (  # noqa: F401 - asked for by name
    cohort,
    make_assignment,
    second_edition,
)
from tests.factories import (
    NOON,
    CohortFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TODAY = NOON.date()


@pytest.fixture
def assignment(cohort, tomas, edition):  # noqa: F811 - the fixture
    """The course, assigned long ago and due on the last day of November 2026."""
    return make_assignment(
        cohort, edition.course, by=tomas, assigned_at=NOON - 90 * DAY
    )


@pytest.fixture
def bea(cohort):  # noqa: F811 - the fixture
    """Bea learns in the cohort as well, and reads English."""
    return member(cohort, email="bea@example.org", legal_name="Bea Coc", language="en")


@pytest.fixture
def rosa(cohort, ana):  # noqa: F811 - the fixture
    """Rosa trains the cohort with Tomás, and another one in which Ana is too."""
    person = PersonFactory(email="rosa@example.org", legal_name="Rosa Tzul")
    MandateFactory(holder=person, role="trainer")
    cohort.trainer_rows.create(trainer=person, from_on=cohort.from_on)
    CohortFactory(name="De Rosa", trainers=[person], members=[ana])
    return person


def member(cohort, **facts):  # noqa: F811 - the fixture
    person = PersonFactory(**facts)
    cohort.member_rows.create(person=person, from_on=cohort.from_on)
    return person


def seen(person, *, days_ago):
    """Let the person have signed in so many days before noon."""
    person.last_login = NOON - days_ago * DAY
    person.save(update_fields=["last_login"])


def due(assignment, *, days):
    """Let it be due so many days from today."""
    assignment.due_on = TODAY + days * DAY
    assignment.save(update_fields=["due_on"])


def began(person, edition, *, done=(), days_ago=1):
    """Enrol the person and let them have finished these activities."""
    enrolment = EnrolmentFactory(
        learner=person, edition=edition, enrolled_at=NOON - days_ago * DAY
    )
    for activity in done:
        Completion.objects.create(
            enrolment=enrolment,
            activity=activity,
            at=NOON - days_ago * DAY,
            language="es",
        )
    return enrolment


def tried(enrolment, activity, *, points, number=1, days_ago=1):
    """Store an attempt of five questions that was handed in; four pass."""
    return Attempt.objects.create(
        enrolment=enrolment,
        activity=activity,
        number=number,
        titles={"es": "Prueba final", "en": "Final test"},
        pass_mark=80,
        started_at=NOON - days_ago * DAY - HOUR,
        submitted_at=NOON - days_ago * DAY,
        points=points,
        out_of=5,
        passed=points >= 4,
    )


def remind_by_the_clock(*, at):
    """Let the clock remind in every cohort; return how many are reminded."""
    cohorts = actions.cohorts_at_work(at=at)
    return sum(actions.remind_by_the_clock(one, at=at) for one in cohorts)


def escalate(*, at):
    """Let the clock tell superiors in every cohort; return of how many things."""
    cohorts = actions.cohorts_at_work(at=at)
    return sum(actions.escalate(one, at=at) for one in cohorts)


def finish(enrolment, *, days_ago=1):
    enrolment.completed_at = NOON - days_ago * DAY
    enrolment.save(update_fields=["completed_at"])
