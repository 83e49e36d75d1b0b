"""The small form of the walk of editors: thirty actions of a fixed seed."""

import pytest

from certificates.editors_drill import walked
from tests.courses.cases.small import make_case
from tests.factories import make_course_page, make_edition


@pytest.mark.django_db(transaction=True)
def test_whatever_editors_do_the_tree_is_whole_and_learners_keep_what_they_did():
    course = make_course_page()
    make_case(course)
    make_edition(course)
    make_course_page(code="C2", slug="otro")

    faults, tally = walked(30, seed=2)

    assert faults == []
    assert len(tally["actions"]) > 10
