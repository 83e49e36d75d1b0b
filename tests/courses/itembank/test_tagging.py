"""An editor tags questions, one in its form and many in the list."""

import pytest
from django.urls import reverse

from courses.actions import save_question
from courses.itembank import actions
from courses.models import LessonPage, Question
from lms.refusals import Refused
from tests.courses.test_viewsets import form_of
from tests.factories import NOON, make_question

MODULE = "c0000000-0000-4000-8000-000000000002"


def tags(code):
    return list(Question.objects.get(code=code).tags.values_list("word", flat=True))


@pytest.fixture
def three(elena):
    return [make_question(MODULE, code=code) for code in ("A1", "A2", "A3")]


def test_a_question_is_tagged_in_its_form_and_found_by_the_tag(client, three):
    address = reverse("question:edit", args=[three[0].pk])
    client.post(address, form_of(client.get(address)) | {"tags": "Niñez, OPI , opi"})

    shown = client.get(reverse("question:index"), {"tag": "opi"})

    assert tags("A1") == ["niñez", "opi"]
    assert [one.code for one in shown.context["found"].entries] == ["A1"]
    assert three[0].versions.count() == 1


def test_too_many_tags_are_refused_in_the_form(client, three):
    address = reverse("question:edit", args=[three[0].pk])
    many = ",".join(map(str, range(11)))

    answer = client.post(address, form_of(client.get(address)) | {"tags": many})

    assert "hasta 10 etiquetas" in answer.text
    assert tags("A1") == []


def test_many_are_tagged_at_once_and_the_list_stays_as_it_was(client, three):
    posted = {"list": "?use=final&page=1", "tag": "Repaso", "add": "1"}
    chosen = {"question": [str(three[0].pk), str(three[2].pk), "no key"]}

    answer = client.post(reverse("tag_questions"), posted | chosen)
    client.post(reverse("tag_questions"), posted | {"all": "1", "tag": "todas"})
    del posted["add"]
    client.post(reverse("tag_questions"), posted | chosen | {"away": "1"})

    assert answer.headers["Location"].endswith("?use=final&page=1")
    assert (tags("A1"), tags("A2")) == (["todas"], ["todas"])


@pytest.mark.parametrize(
    "posted",
    [{"tag": ""}, {"tag": "a, b"}, {"tag": "a"}, {"tag": "a" * 41, "all": "1"}],
)
def test_a_wrong_tag_changes_nothing_and_is_said(client, three, posted):
    answer = client.post(reverse("tag_questions"), posted, follow=True)

    assert [str(one) for one in answer.context["messages"]]
    assert not Question.objects.exclude(tags=None).exists()


def test_of_many_none_is_tagged_where_one_has_too_many(elena, three):
    actions.set_tags(three[1], words=[str(n) for n in range(10)], by=elena)

    with pytest.raises(Refused) as refused:
        actions.tag_many([one.pk for one in three], word="más", by=elena)

    assert refused.value.reasons == ["too-many-tags"]
    assert tags("A1") == []


def test_an_objective_is_one_of_the_lesson(client, elena, course_page):
    lesson = LessonPage.objects.filter(slug="leccion-1").first()
    question = Question.objects.get(code="C1-F-single")
    Question.objects.filter(pk=question.pk).update(lesson=lesson.translation_key)
    address = reverse("question:edit", args=[question.pk])
    asked = {"course": course_page.translation_key, "module": question.module}
    asked |= {"lesson": lesson.translation_key}

    client.post(address, form_of(client.get(address)) | {"objective": "1"})
    shown = client.get(reverse("question:index"), asked).text
    question.refresh_from_db()
    was = question.objective
    save_question(
        question.pk,
        document=question.versions.get().document,
        facts={"lesson": None},
        by=None,
        at=NOON,
    )
    question.refresh_from_db()

    assert was == 1
    assert "Distinguir (1)" in shown
    assert "Protocolo de Palermo (1)" in shown
    assert question.objective is None
