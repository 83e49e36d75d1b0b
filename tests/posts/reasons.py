"""Pages of reasons that forms are about: asked for, waiting, marked."""

import pytest

from courses.models import Paper
from tests.courses.reasoning.building import a_page_of, asking, read


@pytest.fixture
def asked_for_reasons(enrolment):
    asking(enrolment.edition)
    return enrolment.pk


@pytest.fixture
def waiting_page(enrolment, tomas):
    """A page of Ana's that Tomás may mark; one reading is wanted."""
    paper = a_page_of(enrolment)
    Paper.objects.update(drawn_twice=False, wanted=1)
    return paper.pk


@pytest.fixture
def marked_page(waiting_page, enrolment, tomas):
    read(Paper.objects.get(), tomas)
    return enrolment.pk
