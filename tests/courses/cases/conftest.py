"""A course whose edition asks for a case."""

import pytest

from courses.models import Activity
from tests.courses.cases.small import make_case
from tests.factories import EnrolmentFactory, make_edition


@pytest.fixture
def case_page(course_page):
    return make_case(course_page)


@pytest.fixture
def case(case_page):
    return Activity.objects.get(pk=case_page.translation_key)


@pytest.fixture
def case_edition(case_page, course_page):
    return make_edition(course_page)


@pytest.fixture
def taking(ana, case_edition):
    """Ana’s open enrolment in the edition that asks for the case."""
    return EnrolmentFactory(learner=ana, edition=case_edition)
