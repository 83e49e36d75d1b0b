"""Where a question is used, what its versions changed, and that it can rest."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from courses import actions as learning
from courses.itembank import actions
from courses.itembank.rules import falls_short
from courses.itembank.using import draws_of, holdings_of
from courses.itembank.versions import steps_of
from courses.models import Activity, AttemptItem, Edition, Question
from lms.refusals import Refused
from tests.courses.answering import begin
from tests.factories import KINDS, NOON, make_question

MODULE = uuid4()
TEXTS = {"key": "v1", "es": "Tráfico", "en": "Smuggling"}


@pytest.fixture
def question(edition):
    return Question.objects.get(code="C1-F-single")


def change(question, **parts):
    document = question.versions.order_by("-number").first().document | parts
    learning.save_question(
        question.pk, document=document, facts={}, by=None, at=timezone.now()
    )


@pytest.mark.parametrize(
    ("asked", "with_it", "without", "short"),
    [
        (0, [5], [4], False),
        (0, [1], [0], True),
        (5, [5], [4], True),
        (5, [9, 3], [8, 3], False),
        (5, [9, 1], [8, 0], True),
        (9, [5], [4], False),
    ],
)
def test_a_pool_falls_short_where_the_draw_was_full(asked, with_it, without, short):
    assert falls_short(asked=asked, with_it=with_it, without=without) is short


def test_a_question_names_quizzes_and_attempts_but_nobody(
    client, elena, question, enrolment, ana
):
    final = question_final(enrolment)
    attempt = begin(enrolment, final)
    Question.objects.filter(code="C1-P-single").update(anchor=True)
    practice = Question.objects.get(code="C1-P-single")

    shown = client.get(reverse("question:inspect", args=[question.pk])).text

    assert [
        (one.row.activity_id, one.most, one.left) for one in draws_of(question)
    ] == [(final.pk, 5, 4)]
    assert [one.row.activity.kind for one in draws_of(practice)] == ["practice"]
    (held,) = holdings_of(question)
    assert (held.version, held.attempts, held.open) == (1, 1, 1)
    assert "menos de 5" in shown
    assert "Cambiar la pregunta" in shown
    assert f'href="{reverse("edition:inspect", args=[held.edition.pk])}"' in shown
    assert f"Edición {held.edition.run}, versión 1, del " in shown
    assert ana.legal_name not in shown
    assert str(attempt.pk) not in shown


def test_an_anchor_is_drawn_before_the_course_and_after_it(question):
    Activity.objects.filter(kind="practice").update(kind="pretest")
    question.anchor = True

    drawn = [one.row.activity.kind for one in draws_of(question)]

    assert drawn == ["pretest", "final"]


def question_final(enrolment):
    return enrolment.edition.activities.get(activity__kind="final").activity


def test_a_version_says_word_by_word_what_it_changed(client, elena, question):
    change(question, stem={"es": "Pregunta otra c1-f-single", "en": "Other"})
    change(question, correct=["c"])

    newest, middle, first = steps_of(question)
    shown = client.get(reverse("question:inspect", args=[question.pk]))
    page = BeautifulSoup(shown.text, "html.parser")

    assert first.changes is None
    assert [(one.part, one.language) for one in middle.changes] == [
        ("Pregunta", "es"),
        ("Pregunta", "en"),
    ]
    assert [one.language for one in newest.changes] == ["es", "en"]
    assert "otra" in [one.get_text() for one in page.select("ins")]


@pytest.mark.parametrize(
    ("kind", "parts", "old", "new"),
    [
        ("numeric", {"tolerance": "1"}, "± 0.5", "± 1"),
        ("short", {"options": [TEXTS], "correct": ["v1"]}, "Trata", "Tráfico"),
    ],
)
def test_a_version_says_which_typed_key_it_changed(db, kind, parts, old, new):
    question = make_question(MODULE, kind=kind)
    change(question, **parts)

    (said, _english) = steps_of(question)[0].changes

    pieces = "".join(f"{piece}" for piece in said.pieces)
    assert (said.part, old in pieces, new in pieces) == (
        "Respuesta correcta",
        True,
        True,
    )


def test_a_question_is_retired_and_asked_again_with_its_consequences_said(
    client, elena, question, enrolment
):
    attempt = begin(enrolment, question_final(enrolment))
    address = reverse("retire_question", args=[question.pk])
    told = client.get(address).text
    client.post(address)
    question.refresh_from_db()
    retired, listed = question.retired_at, client.get(reverse("question:index"))
    again = client.get(address).text
    client.post(address)
    question.refresh_from_db()

    assert "Los intentos abiertos la conservan" in told
    assert retired > NOON
    assert "Retirada" in listed.text
    assert "Volver a preguntar" in again
    assert question.retired_at is None
    assert AttemptItem.objects.filter(attempt=attempt).count() == len(KINDS)


def test_a_question_that_a_quiz_cannot_do_without_stays(client, elena, question):
    Edition.objects.update(draw=len(KINDS))
    address = reverse("retire_question", args=[question.pk])

    answer = client.post(address)
    with pytest.raises(Refused) as refused:
        actions.retire_question(question, by=elena, at=timezone.now())
    question.refresh_from_db()

    assert answer.status_code == 422
    assert "No se puede retirar" in answer.text
    assert refused.value.reasons == ["pool-too-small"]
    assert question.retired_at is None


def test_retiring_twice_is_retiring_once_and_a_draft_is_no_retired_question(
    client, elena, question
):
    at = timezone.now()
    first = actions.retire_question(question, by=elena, at=at)
    second = actions.retire_question(question, by=elena, at=at)
    back = [actions.bring_back(question, by=elena) for _time in range(2)]
    begun = question.versions.get().made_at
    Question.objects.filter(pk=question.pk).update(retired_at=begun)

    answer = client.get(reverse("retire_question", args=[question.pk]))

    assert (first, second, back) == (True, False, [True, False])
    assert answer.headers["Location"] == reverse("question:edit", args=[question.pk])


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_is_what_a_learner_sees_and_keeps_nothing(
    client, elena, edition, kind
):
    question = Question.objects.get(code=f"C1-F-{kind}")
    address = reverse("preview_question", args=[question.pk])

    plain = client.get(address, {"lang": "en"})
    told = client.get(address, {"lang": "en", "key": "1"})

    assert f"Pregunta {kind} c1-f-{kind} (en)" in plain.text
    assert "Question 1 of 1" in plain.text
    assert 'name="q-1' in plain.text
    assert "explicación" not in plain.text
    assert f"explicación c1-f-{kind} (en)" in told.text
    assert client.get(address, {"lang": "xx"}).status_code == 404
    assert not AttemptItem.objects.exists()
