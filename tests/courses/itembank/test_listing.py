"""An editor looks for questions: by words, by what they are, by where they belong."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Activity, Course, Question, QuizPage, Tally
from tests.factories import NOON, document, make_question

MODULE = "c0000000-0000-4000-8000-000000000002"


def codes(client, **asked):
    """Return the codes that the list shows, in its order."""
    page = BeautifulSoup(
        client.get(reverse("question:index"), asked).text, "html.parser"
    )
    return [one.get_text() for one in page.select("table th[scope=row]")]


def asked_in(stem: str, **more) -> dict:
    texts = {"es": stem, "en": f"{stem} (en)"}
    return document(more.pop("kind", "single")) | {"stem": texts} | more


@pytest.fixture
def five(elena):
    """Questions that differ in one thing each."""
    make_question(MODULE, code="A1", document=asked_in("¿Qué es la PROTECCIÓN?"))
    make_question(
        MODULE, code="A2", document=asked_in("Consentimiento", level="analyze")
    )
    make_question(MODULE, code="A3", kind="matching", use="practice")
    source = {"es": "Convención, art. 2", "en": "Convention, art. 2"}
    make_question(MODULE, code="A4", document=asked_in("Otra", source=source))
    make_question(
        MODULE,
        code="A5",
        document=asked_in("Vieja"),
        retired_at=NOON + timedelta(days=9),
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["A1", "A2", "A3", "A4", "A5"]),
        ({"q": "proteccion"}, ["A1"]),
        ({"q": "médio ACTO"}, ["A3"]),
        ({"q": "a4"}, ["A4"]),
        ({"level": "analyze"}, ["A2"]),
        ({"kind": "matching"}, ["A3"]),
        ({"use": "final", "state": "asked"}, ["A1", "A2", "A4"]),
        ({"state": "retired"}, ["A5"]),
        ({"norm": "Convención"}, ["A4"]),
        ({"module": MODULE, "kind": "matching", "use": "final"}, []),
        ({"state": "nobody"}, []),
        ({"lacking": "en"}, []),
        ({"sort": "no-order", "page": "x", "use": "practice"}, ["A3"]),
    ],
)
def test_questions_are_found_by_words_and_by_what_they_are(client, five, asked, found):
    assert codes(client, **asked) == found


def test_the_hardest_come_first_by_what_was_measured(client, five):
    version = Question.objects.get(code="A2").versions.get()
    course = Course.objects.create(pk=MODULE, code="C1")
    test = Activity.objects.create(pk=MODULE, course=course, kind="final")
    for points, people in ((0, 30), (1, 10)):
        Tally.objects.create(
            activity=test,
            version=version,
            total=1,
            out_of=2,
            answer="b" * (points + 1),
            points=points,
            people=people,
        )

    assert codes(client, sort="hardest")[0] == "A2"
    assert codes(client, ease="middle") == ["A2"]
    assert "25 %" in client.get(reverse("question:index")).text


def test_an_empty_answer_says_what_to_do(client, elena):
    empty = client.get(reverse("question:index"))
    make_question(MODULE, code="A1")
    none = client.get(reverse("question:index"), {"q": "nada"})

    assert "El banco está vacío" in empty.text
    assert "Ninguna pregunta cumple todo esto" in none.text


def test_the_list_asks_the_same_of_the_database_for_one_as_for_many(
    client, elena, course_page
):
    address = reverse("question:index")
    module = Question.objects.first().module
    course = course_page.translation_key
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address, {"course": course})
    for number in range(60):
        make_question(module, code=f"Z{number}")

    with CaptureQueriesContext(connection) as many:
        shown = client.get(address, {"course": course}).text

    assert len(many) == len(few)
    assert "Módulo uno (70)" in shown
    assert "page=2" in shown


def test_a_quiz_leads_to_its_questions(client, elena, course_page):
    for slug, kept in (("prueba-final", "C1-F-"), ("practica", "C1-P-")):
        quiz = QuizPage.objects.get(slug=slug, locale=course_page.locale)
        page = client.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
        (link,) = {
            one["href"]
            for one in BeautifulSoup(page.text, "html.parser").find_all("a")
            if "Sus preguntas en el banco" in one.get_text()
        }
        shown = client.get(link).context["found"].entries

        assert [one.code for one in shown if not one.code.startswith(kept)] == []
        assert len(shown) == 5
