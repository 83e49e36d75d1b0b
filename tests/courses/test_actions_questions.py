"""Writing a question: a new wording is a new version."""

from uuid import uuid4

import pytest
from wagtail.models import ModelLogEntry

from courses import actions
from courses.models import Question, QuestionVersion
from courses.models.questions import NeverChanged
from lms.refusals import Refused
from tests.factories import PersonFactory, document, make_question


@pytest.fixture
def question(course_page):
    return Question.objects.get(code="C1-F-single")


def save(question, wording, at, **facts):
    return actions.save_question(
        question.pk,
        document=wording,
        facts={"code": question.code, "module": question.module} | facts,
        by=None,
        at=at,
    )


def test_save_of_the_same_wording_changes_nothing(question, at):
    same = question.versions.get().document

    assert save(question, same, at) is False
    assert question.versions.count() == 1


def test_save_of_a_new_wording_keeps_the_old_one(question, at):
    old = question.versions.get().document

    assert save(question, document("single", mark="nueva"), at) is True
    assert [v.number for v in question.versions.order_by("number")] == [1, 2]
    assert question.versions.order_by("number").first().document == old


def test_save_of_other_facts_makes_no_version(question, at):
    same = question.versions.get().document

    assert save(question, same, at, anchor=True) is True
    question.refresh_from_db()
    assert question.anchor is True
    assert question.versions.count() == 1


def test_save_of_a_broken_document_is_refused(question, at):
    with pytest.raises(Refused) as refusal:
        save(question, document("single") | {"correct": []}, at)

    assert refusal.value.reasons == ["no-key"]
    assert question.versions.count() == 1


@pytest.mark.django_db
def test_a_version_is_never_changed_or_removed():
    question = make_question("11111111-1111-4111-8111-111111111111")
    version = question.versions.get()

    with pytest.raises(NeverChanged):
        version.save()
    with pytest.raises(NeverChanged):
        version.delete()
    with pytest.raises(NeverChanged):
        QuestionVersion.objects.update(number=9)
    with pytest.raises(NeverChanged):
        QuestionVersion.objects.all().delete()


def bring(documents, at, key, **facts):
    return actions.bring_questions(
        documents,
        course="C1",
        module=uuid4(),
        use=Question.Use.FINAL,
        key=key,
        by=PersonFactory(),
        at=at,
        **facts,
    )


@pytest.mark.django_db
def test_bring_makes_drafts_with_codes_of_their_own_that_nobody_is_asked(at):
    make_question(uuid4(), code="C1-T002")

    drafts = bring([document("single"), document("matching")], at, uuid4())

    assert [draft.code for draft in drafts] == ["C1-T001", "C1-T003"]
    assert not Question.objects.live().filter(pk__in=[one.pk for one in drafts])
    assert [one.versions.get().document["type"] for one in drafts] == [
        "single",
        "matching",
    ]
    log = ModelLogEntry.objects.filter(action="wagtail.create")
    assert sorted(log.values_list("label", flat=True)) == ["C1-T001", "C1-T003"]


@pytest.mark.django_db
def test_bring_of_the_same_file_twice_stores_it_once(at):
    key = uuid4()
    bring([document("single")], at, key)

    with pytest.raises(Refused) as refusal:
        bring([document("single"), document("multiple")], at, key)

    assert refusal.value.reasons == ["brought-already"]
    assert Question.objects.count() == QuestionVersion.objects.count() == 1


@pytest.mark.django_db
def test_bring_of_nothing_is_refused(at):
    with pytest.raises(Refused) as refusal:
        bring([], at, uuid4())

    assert refusal.value.reasons == ["nothing-to-bring"]
