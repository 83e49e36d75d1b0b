"""The course that Ana's cohort takes, for the forms about it."""

from uuid import UUID

import pytest
from django.conf import settings

from courses.assigning.actions import except_person, start
from courses.assigning.actions.starting import PURPOSE
from courses.assigning.rules import token_of
from courses.models import Assignment, Course, Edition
from lms.models import Cohort, CohortMember
from tests.factories import NOON
from tests.posts.forms.staff import ASSIGNED, ASSIGNING, COHORT


@pytest.fixture
def assigned(tomas, course):
    """The course, assigned to the cohort that the form says."""
    Cohort.objects.update(uuid=COHORT)
    return Assignment.objects.create(
        pk=UUID(ASSIGNED),
        cohort=Cohort.objects.get(),
        course=course,
        assigned_by=tomas,
        assigned_at=NOON,
    ).pk


@pytest.fixture
def assigned_to(assigned, ana):
    return ana.uuid


@pytest.fixture
def excepted(assigned, ana, tomas):
    """Ana, who has more attempts than the others."""
    except_person(
        Assignment.objects.get(),
        ana,
        due_on=None,
        extra_attempts=1,
        reason="Estuvo de viaje",
        by=tomas,
        at=NOON,
    )
    return ana.uuid


@pytest.fixture
def open_course(tomas, edition):
    """Another course, by the key that the form says, which nobody is assigned."""
    Cohort.objects.update(uuid=COHORT)
    key = UUID(ASSIGNING["assign_course"].good["course"])
    return copy_of(edition, key).course_id


def copy_of(edition: Edition, key: UUID) -> Edition:
    """Return an open edition of another course, which has no pages."""
    course = Course.objects.create(pk=key, code="C9")
    return Edition.objects.create(
        course=course,
        kind=edition.kind,
        run=edition.run,
        titles=edition.titles,
        pass_mark=80,
        attempts_allowed=3,
        wait_days=7,
        validity_months=24,
        issuer=edition.issuer,
        norms_on=edition.norms_on,
        minutes=edition.minutes,
        opened_at=NOON,
    )


@pytest.fixture
def first_of_two(assigned, tomas, open_course):
    Assignment.objects.create(
        cohort=Cohort.objects.get(),
        course_id=open_course,
        position=2,
        assigned_by=tomas,
        assigned_at=NOON,
    )
    return assigned


@pytest.fixture
def assigned_if_approved(assigned):
    """Ana's superior approves first, and nobody has named one."""
    Cohort.objects.update(asks_superior=True)
    return assigned


@pytest.fixture
def superior_token(assigned_if_approved, ana):
    """The token of the link that went to Ana's superior."""
    CohortMember.objects.update(superior_address="jefatura@example.org")
    asked = start(ana, assignment=Assignment.objects.get(), at=NOON)
    return token_of(PURPOSE, asked.uuid, key=settings.SECRET_KEY)
