"""A course that begins as the model is whole, a draft, and says what to write."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from courses.blocks import LessonBlocks
from courses.checks.refusals import keeps_back
from courses.editors import ensure_editors
from courses.models import Activity, Course, CoursePage, LessonPage, QuizPage
from tests.factories import PersonFactory, make_catalogue

GOOD = {"title": "Atención a víctimas", "code": "TIP-9"}


@pytest.fixture
def elena(client, db):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return client


@pytest.fixture
def home(db):
    return make_catalogue()


def begin(elena, **posted):
    return elena.post(reverse("model_course"), GOOD | posted)


def test_a_course_from_the_model_is_a_whole_draft(elena, home):
    answer = begin(elena)

    course = CoursePage.objects.get()
    below = Page.objects.descendant_of(course, inclusive=True).specific()
    assert answer["Location"] == reverse("course_checks", args=[course.pk])
    assert [(type(one).__name__, one.depth, one.live) for one in below] == [
        ("CoursePage", 3, False),
        ("QuizPage", 4, False),
        ("ModulePage", 4, False),
        ("LessonPage", 5, False),
        ("QuizPage", 5, False),
        ("ModulePage", 4, False),
        ("LessonPage", 5, False),
        ("QuizPage", 4, False),
    ]
    purposes = [page.purpose for page in QuizPage.objects.order_by("path")]
    assert purposes == ["pretest", "practice", "final"]
    for lesson in LessonPage.objects.all():
        kinds = [block.block_type for block in lesson.body]
        # A drawing is chosen, and has nothing to be written.
        assert kinds == [one for one in LessonBlocks().child_blocks if one != "drawing"]
    assert {one.locale.language_code for one in below} == {"es"}
    assert not Course.objects.exists()
    assert not Activity.objects.exists()


def test_the_checks_name_what_is_to_be_filled_in_and_publishing_asks_it(elena, home):
    answer = begin(elena)

    shown = elena.get(answer["Location"], headers={"accept-language": "es"})
    lesson = LessonPage.objects.first()
    said = [line.sentence for line in keeps_back(lesson)]
    assert len(shown.context["with_findings"]) == 8
    assert "Escriba qué lee la persona antes de empezar" in shown.text
    assert sum("✎" in sentence for sentence in said) > 20
    quiz = QuizPage.objects.first()
    quiz.live = True
    with pytest.raises(ValidationError, match="✎"):
        quiz.full_clean()


@pytest.mark.parametrize(
    ("posted", "name"),
    [({"code": "TIP-9"}, "code"), ({"code": ""}, "code"), ({"title": ""}, "title")],
)
def test_a_course_from_the_model_is_refused_and_nothing_is_made(
    elena, home, posted, name
):
    begin(elena)
    before = Page.objects.count()

    answer = begin(elena, **posted)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [name]
    assert Page.objects.count() == before


def test_a_title_whose_address_is_ours_leaves_nothing_behind(elena, home):
    answer = begin(elena, title="Search")

    assert list(answer.context["form"].errors) == ["title"]
    assert not CoursePage.objects.exists()


def test_who_may_not_add_a_course_begins_none(client, ana, home):
    client.force_login(ana)

    assert begin(client).status_code == 302
    assert not CoursePage.objects.exists()
