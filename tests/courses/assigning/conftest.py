"""The cohort of Tomás, what it takes, and how far Ana is."""

from datetime import timedelta

import pytest

from courses.models import Assignment
from lms.models import Cohort, CohortMember
from tests import factories
from tests.factories import NOON

DAY = timedelta(days=1)


@pytest.fixture
def cohort(tomas):
    """Ana's, which ends on the last day of 2027."""
    return Cohort.objects.get(trainers=tomas)


@pytest.fixture
def second_edition(db):
    """An edition of another course."""
    page = factories.make_course_page(code="C2", slug="trata-2")
    return factories.make_edition(page)


@pytest.fixture
def assignment(cohort, tomas, edition):
    """The course, due on the last day of November 2026."""
    return make_assignment(cohort, edition.course, by=tomas)


@pytest.fixture
def second(assignment, cohort, tomas, second_edition):
    """The other course, after the first one."""
    return make_assignment(
        cohort, second_edition.course, by=tomas, position=2, after=assignment
    )


def make_assignment(cohort, course, *, by, **facts) -> Assignment:
    facts = {"assigned_at": NOON, "due_on": NOON.date() + 28 * DAY} | facts
    return Assignment.objects.create(
        cohort=cohort, course=course, assigned_by=by, **facts
    )


def join(cohort, person, *, on) -> CohortMember:
    return CohortMember.objects.create(cohort=cohort, person=person, from_on=on)
