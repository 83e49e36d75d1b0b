"""A question begins in the browser: its kind and place, then its texts."""

from uuid import uuid4

import pytest
from django.urls import reverse

from courses.actions.model_course import begin_from_model
from courses.editors import ensure_editors
from courses.models import ModulePage, Question
from tests.factories import NOON, PersonFactory, make_catalogue, make_question

NEW = "/admin/questions/new/"


@pytest.fixture
def elena(client, db):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return client


@pytest.fixture
def module(db):
    begin_from_model(
        make_catalogue(), title="Frontera", code="FRO", by=None, on=NOON.date()
    )
    return ModulePage.objects.first()


@pytest.mark.parametrize("kind", ["single", "matching", "ordering", "truefalse"])
def test_a_question_begins_as_a_draft_and_is_shown_to_be_written(elena, module, kind):
    facts = {"key": uuid4(), "module": module.translation_key, "use": "final"}
    facts |= {"kind": kind, "answers": 3}

    answer = elena.post(NEW, facts)

    draft = Question.objects.get()
    assert draft.retired_at is not None
    assert answer["Location"] == reverse("question:edit", args=[draft.pk])
    assert elena.get(answer["Location"]).status_code == 200
    assert elena.post(NEW, facts).status_code == 422
    assert Question.objects.count() == 1


def test_the_list_leads_there_and_a_wrong_count_is_told(elena, module):
    assert NEW in elena.get(reverse("question:index")).text

    assert 'id="header-title"' in elena.get(NEW).text

    answer = elena.post(NEW, {"kind": "single", "answers": 1})

    assert answer.status_code == 422
    assert not Question.objects.exists()


def test_a_copy_is_a_draft_under_a_new_code_and_sent_twice_it_is_one(elena, module):
    facts = {"module": module.translation_key, "lesson": uuid4(), "anchor": True}
    question = make_question(code="FRO-Q7", kind="multiple", **facts)
    question.tags.create(word="consentimiento")
    address = reverse("copy_question", args=[question.pk])
    assert address in elena.get(reverse("question:inspect", args=[question.pk])).text
    key = {"key": uuid4()}

    answer, again = elena.post(address, key), elena.post(address, key)
    without = elena.post(address)

    copy = Question.objects.exclude(pk=question.pk).get()
    assert [one["Location"] for one in (answer, again, without)] == [
        reverse("question:edit", args=[copy.pk]),
        reverse("question:index"),
        reverse("question:inspect", args=[question.pk]),
    ]
    assert (copy.code, copy.anchor, copy.lesson) == ("FRO-T001", False, facts["lesson"])
    assert copy.retired_at is not None
    assert copy.versions.get().document == question.versions.get().document
    assert [tag.word for tag in copy.tags.all()] == ["consentimiento"]
