"""A copied course takes its questions along, under new codes and in its own places."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.itembank.actions import copy_questions
from courses.itembank.rules import codes_of_copies
from courses.lines.facts import lines_of
from courses.models import CoursePage, LessonPage, ModulePage, Question, QuizPage
from tests.factories import NOON, make_question


def test_a_copy_has_a_code_that_no_question_has():
    long = "ABCDEFGHIJKLMNOPQRST"

    assert codes_of_copies(["A", "A.2", long], taken=["A", "A.2", "A.3", long]) == {
        "A": "A.4",
        "A.2": "A.5",
        long: "ABCDEFGHIJKLMNOPQR.2",
    }


@pytest.fixture
def copied(client, elena, course_page):
    """The course, copied by an editor, whose test asks one question of a lesson."""
    lesson = LessonPage.objects.get(slug="leccion-1", locale=course_page.locale)
    question = Question.objects.get(code="C1-F-single")
    Question.objects.filter(pk=question.pk).update(
        lesson=lesson.translation_key, objective=1, anchor=True
    )
    question.tags.create(word="opi")
    make_question(question.module, code="C1-D", retired_at=NOON)
    make_question(question.module, code="C1-R", retired_at=timezone.now())
    final = QuizPage.objects.get(slug="prueba-final", locale=course_page.locale)
    final.draws = [{"type": "line", "value": {"count": 1, "place": lesson.pk}}]
    final.save_revision().publish()
    form = {
        "new_title": "Copia",
        "new_slug": "copia",
        "new_parent_page": course_page.get_parent().pk,
        "copy_subpages": "on",
    }
    address = reverse("wagtailadmin_pages:copy", args=[course_page.pk])
    answer = client.post(address, form, follow=True)
    assert "11 preguntas" in answer.text
    return CoursePage.objects.get(slug="copia")


def test_a_copied_course_asks_questions_of_its_own(copied):
    module = ModulePage.objects.child_of(copied).get()
    lesson = LessonPage.objects.child_of(module).first()

    single = Question.objects.get(code="C1-F-single.2")
    codes = set(Question.objects.filter(module=module.translation_key))
    (line,) = QuizPage.objects.child_of(copied).get().lines

    assert (single.module, single.lesson) == (
        module.translation_key,
        lesson.translation_key,
    )
    assert (single.objective, single.anchor, single.retired_at) == (1, True, None)
    assert [tag.word for tag in single.tags.all()] == ["opi"]
    first = single.versions.get()
    original = Question.objects.get(code="C1-F-single").versions.get()
    assert (first.number, first.document) == (1, original.document)
    assert len(codes) == 11
    draft = Question.objects.get(code="C1-D.2")
    assert draft.retired_at == draft.versions.get().made_at
    assert line.place == str(lesson.translation_key)
    latest = QuizPage.objects.child_of(copied).get().get_latest_revision_as_object()
    assert lines_of(latest.draws) == [line]


def test_who_may_not_change_questions_copies_drafts(elena, course_page):
    copy = course_page.copy(
        recursive=True, keep_live=False, update_attrs={"slug": "copia"}
    )

    count = copy_questions(
        course_page, copy, as_drafts=True, by=elena, at=timezone.now()
    )
    alone = course_page.copy(keep_live=False, update_attrs={"slug": "sola"})

    module = ModulePage.objects.child_of(copy).get().translation_key
    assert count == 10
    assert not Question.objects.live().filter(module=module).exists()
    assert copy_questions(course_page, alone, by=elena, at=timezone.now()) == 0
