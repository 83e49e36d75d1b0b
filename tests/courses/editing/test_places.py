"""What may stand below what, and under which code: the same by every way in."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from courses.actions import keep_to_schedule
from courses.models import Course, CoursePage, LessonPage, ModulePage, QuizPage
from courses.outline import outline
from courses.tree import activities_in
from tests.courses.editing.posting import form_of
from tests.factories import in_both, lesson_body, make_course_page

ENGLISH = {"accept-language": "en"}
PUBLISH = {"action-publish": "action-publish"}
TAKEN = "another course has the code C1"
IN_COURSE = "A pre-test and a final test stand in the course"
SECOND = "The course has a final test already"


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def module(course_page):
    return ModulePage.objects.child_of(course_page).get()


@pytest.fixture
def practice(module):
    return QuizPage.objects.child_of(module).get()


@pytest.fixture
def final(course_page):
    return QuizPage.objects.child_of(course_page).get()


@pytest.fixture
def twin(course_page):
    """A copy of the course, as a draft: it has the code of the original."""
    return course_page.copy(
        recursive=True, keep_live=False, update_attrs={"slug": "copia"}
    )


def create(editor, parent, page, *, publish=True):
    address = reverse(
        "wagtailadmin_pages:add",
        args=[page._meta.app_label, page._meta.model_name, parent.pk],
    )
    return editor.post(
        address, form_of(page) | (PUBLISH if publish else {}), headers=ENGLISH
    )


def quiz(purpose: str) -> QuizPage:
    return QuizPage(title="Prueba", slug="nueva", summary="Uno", purpose=purpose)


def live_tree() -> list:
    return list(Page.objects.live().order_by("path").values_list("path", "title"))


def tree() -> list:
    return list(Page.objects.order_by("path").values_list("path", "title", "live"))


def test_a_code_that_is_taken_is_refused_when_the_course_is_published(
    editor, course_page
):
    page = CoursePage.objects.get(pk=course_page.pk)
    page.slug = "otro"
    before = tree()

    answer = create(editor, course_page.get_parent(), page)

    assert answer.status_code == 200
    assert TAKEN in answer.text
    assert tree() == before


def test_a_draft_may_have_a_code_that_is_taken(editor, course_page, twin):
    address = reverse("wagtailadmin_pages:edit", args=[twin.pk])
    twin.summary = "Otro"

    saved = editor.post(address, form_of(twin), headers=ENGLISH)
    published = editor.post(address, form_of(twin) | PUBLISH, headers=ENGLISH)

    assert saved.status_code == 302
    assert TAKEN in published.text
    twin.refresh_from_db()
    assert (twin.live, twin.summary) == (False, "Otro")


@pytest.mark.parametrize(
    ("where", "purpose", "sentence"),
    [
        ("course", "practice", IN_COURSE),
        ("module", "final", IN_COURSE),
        ("course", "final", SECOND),
    ],
)
@pytest.mark.parametrize("publish", [True, False])
def test_a_quiz_is_made_only_where_it_may_stand(
    editor, course_page, module, where, purpose, sentence, publish
):
    before = tree()
    parent = {"course": course_page, "module": module}[where]

    answer = create(editor, parent, quiz(purpose), publish=publish)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert tree() == before


def copy(editor, page, parent, **more):
    fields = {
        "new_title": "Copia",
        "new_slug": "copia",
        "new_parent_page": parent.pk,
        "copy_subpages": "on",
    }
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    return editor.post(address, fields | more, headers=ENGLISH)


def test_copies_of_a_course_are_not_published_under_its_code(editor, course_page):
    before = tree()

    answer = copy(editor, course_page, course_page.get_parent(), publish_copies="on")

    assert answer.status_code == 200
    assert TAKEN in answer.text
    assert tree() == before


def test_a_copy_stands_only_where_the_page_may(editor, course_page, practice, final):
    before = tree()

    below_the_course = copy(editor, practice, course_page)
    beside_the_first = copy(editor, final, course_page, publish_copies="on")

    assert IN_COURSE in below_the_course.text
    assert SECOND in beside_the_first.text
    assert tree() == before


def test_no_course_is_an_alias_of_another(editor, course_page):
    before = tree()

    copy(editor, course_page, course_page.get_parent(), alias="on")

    made = Page.objects.exclude(path__in=[path for path, _title, _live in before])
    assert {page.alias_of_id for page in made} == {None}
    assert not made.live().exists()


def test_a_page_is_moved_only_to_where_it_may_stand(editor, course_page, practice):
    before = tree()
    one = reverse("wagtailadmin_pages:move_confirm", args=[practice.pk, course_page.pk])
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])

    answers = [
        editor.post(one, follow=True, headers=ENGLISH),
        editor.post(
            f"{many}?id={practice.pk}&next=/admin/",
            {"chooser": course_page.pk},
            follow=True,
            headers=ENGLISH,
        ),
    ]

    for answer in answers:
        assert answer.status_code == 200
        (told,) = answer.context["messages"]
        assert IN_COURSE in str(told)
    assert tree() == before


def test_a_second_final_test_is_not_moved_in(editor, course_page, final):
    other = make_course_page(code="C2", slug="otro")
    before = tree()
    final.slug = "otra-prueba"
    final.save()

    with pytest.raises(ValidationError):
        final.move(other, pos="last-child")

    assert tree() == before


def test_a_code_that_is_taken_is_refused_in_bulk(editor, course_page, twin):
    before = live_tree()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(
        f"{address}?id={twin.pk}&next=/admin/",
        {"include_descendants": "on"},
        follow=True,
        headers=ENGLISH,
    )

    assert any(TAKEN in str(one) for one in answer.context["messages"])
    assert live_tree() == before


def test_no_part_of_a_course_is_published_under_a_code_that_is_taken(
    editor, course_page, twin
):
    lesson = twin.get_descendants().get(title="Lección 1").specific
    before = live_tree()
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    answer = editor.post(address, form_of(lesson) | PUBLISH, headers=ENGLISH)

    assert TAKEN in answer.text
    assert live_tree() == before


def test_an_approval_refuses_what_publishing_refuses(editor, course_page, twin, admin):
    twin.code = "C7"
    twin.save_revision()
    workflow = twin.get_workflow()
    workflow.start(twin, admin)
    twin.refresh_from_db()
    task = twin.current_workflow_task_state
    Course.objects.filter(pk=course_page.translation_key).update(code="C7")
    before = live_tree()
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[twin.pk, "approve", task.pk]
    )

    answer = editor.post(address, {"comment": ""}, follow=True, headers=ENGLISH)

    assert any("code C7" in str(one) for one in answer.context["messages"])
    twin.refresh_from_db()
    assert twin.workflow_in_progress
    assert live_tree() == before


def test_a_page_that_may_not_stand_does_not_appear_at_its_time(course_page, twin):
    twin.go_live_at = timezone.now() + timedelta(hours=1)
    twin.code = "C7"
    twin.save_revision().publish()
    Course.objects.filter(pk=course_page.translation_key).update(code="C7")
    before = live_tree()

    with (
        time_machine.travel(twin.go_live_at + timedelta(seconds=1)),
        pytest.raises(ExceptionGroup),
    ):
        keep_to_schedule(at=timezone.now())

    assert live_tree() == before


def test_a_module_that_is_added_after_the_final_test_comes_before_it(course_page):
    late = in_both(
        course_page,
        ModulePage,
        title="Módulo dos",
        slug="modulo-dos",
        summary="Resumen",
        required_for=["judge"],
    )
    in_both(
        late,
        LessonPage,
        title="Lección tardía",
        slug="leccion-tardia",
        summary="Resumen",
        objectives=[{"type": "point", "value": "Distinguir"}],
        body=lesson_body("tardía"),
    )

    entries = outline(course_page.translation_key, "es")
    opened = [node.page.title for node in activities_in(course_page)]

    assert [entry.number for entry in entries] == ["1.1", "1.2", "1.3", "2.1", "3"]
    assert opened[-2:] == ["Lección tardía", "Prueba final"]
