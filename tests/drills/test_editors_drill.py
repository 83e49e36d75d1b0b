"""The small form of the walk of editors: thirty actions of a fixed seed."""

import pytest

from certificates.editors_drill import faults_of, of_each_kind, walked
from courses.models import CoursePage, LessonPage
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


@pytest.mark.django_db
@pytest.mark.parametrize(("course_is_live", "faults"), [(True, 1), (False, 0)])
def test_what_a_live_page_lacks_is_a_fault_where_readers_get_to_it(
    course_is_live, faults
):
    make_course_page(code="C2", slug="otro")
    course = make_course_page()
    lesson = LessonPage.objects.descendant_of(course).first()
    CoursePage.objects.filter(pk=course.pk).update(code="C2", live=course_is_live)

    found = faults_of(lesson, before={lesson.pk: lesson.live_revision_id})

    assert len(found) == faults
    assert all("is read although" in one and "C2" in one for one in found)


def test_what_happens_often_does_not_hide_what_happened_once():
    often = [f"{number} sync: page {number * 7} is lost" for number in range(50)]

    assert of_each_kind([*often, "51 edit: the tree is not whole"]) == [
        "50 times: 0 sync: page 0 is lost",
        "1 times: 51 edit: the tree is not whole",
    ]
