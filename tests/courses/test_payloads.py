"""Nothing that an editor types runs in a reader's browser: 40 scripts in every text."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from courses import actions
from courses.editors import ensure_editors
from courses.models import LessonPage, Question, QuizPage
from courses.views.lessons import MILD
from tests.courses.answering import begin, hand_in
from tests.factories import PersonFactory, make_edition
from tests.payloads import ALL, PAYLOADS, alive, short_texts, spoil_texts, spoil_titles

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
]
LESSON = "/es/trata/modulo-uno/leccion-1/"
PAGES = [
    "/es/",
    "/es/trata/",
    "/es/trata/modulo-uno/",
    LESSON,
    "/es/trata/modulo-uno/practica/",
    "/es/trata/prueba-final/",
    "/es/my-learning/",
]


@pytest.fixture
def spoiled(course_page):
    """A course whose every text is full of scripts, and its edition."""
    spoil_texts(course_page)
    return make_edition(course_page)


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def dead(answer) -> str:
    """Return the text of a page, once it is sure that nothing in it runs."""
    assert answer.status_code == 200
    assert alive(answer.text) == []
    return BeautifulSoup(answer.text, "html.parser").get_text(" ")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_would_run_is_found(payload):
    """The check sees what it must not miss, link or text."""
    ways = [f"<p>{payload}</p>", f'<a href="{payload}">', f"<p x='{payload}'>"]
    ways += [f'<p x="{payload}">']
    entity = payload.startswith(("&#", "javascript&"))  # undone by every parser

    assert any(alive(way) for way in ways) or entity or "\x01" in payload


def test_there_are_forty():
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 40


@pytest.mark.parametrize(
    "query",
    [{}, {"version": MILD}, {"country": "GT"}, {"c": "?", "o": "?"}],
    ids=["plain", "mild", "country", "answered"],
)
def test_a_lesson_only_shows_them(client, spoiled, query):
    page = LessonPage.objects.get(slug="leccion-1")
    check = next(block for block in page.body if block.block_type == "check")
    option = check.value["options"].bound_blocks[0].id
    ids = {"c": check.id, "o": option}

    shown = dead(
        client.get(LESSON, {name: ids.get(name, query[name]) for name in query})
    )

    assert "<script>hit()</script>" in shown
    assert "javascript:hit()" in shown  # its words, led nowhere


@pytest.mark.parametrize(
    "address", ["country-notes/GT/", "glossary/", "glossary/?q=script", "search/?q=hit"]
)
def test_notes_terms_and_results_only_show_them(client, spoiled, address):
    assert "hit()" in dead(client.get(f"/es/{address}"))


def test_what_a_reader_looks_for_is_only_shown(client, spoiled):
    for text in short_texts():
        dead(client.get("/es/search/", {"q": text}))
        dead(client.get("/es/glossary/", {"q": text}))


def test_short_texts_are_only_shown(as_ana, ana, spoiled):
    actions.enrol(ana, course=spoiled.course, at=timezone.now())
    for text in short_texts():
        spoil_titles(text)
        shown = [dead(as_ana.get(address)) for address in PAGES]

        words = text.split("\n")[0].split("\t")[0].strip()
        assert all(words.split(" ")[0] in page for page in shown[1:4]), text


def test_questions_only_show_them(as_ana, ana, spoiled):
    enrolment = actions.enrol(ana, course=spoiled.course, at=timezone.now())
    final = spoiled.course.activities.get(kind=QuizPage.Purpose.FINAL)
    practice = spoiled.course.activities.get(kind=QuizPage.Purpose.PRACTICE)
    attempt, over = begin(enrolment, final), begin(enrolment, practice)
    hand_in(over)

    address = reverse("attempt", args=[attempt.pk])
    dead(as_ana.get(f"{address}review/"))  # names only the numbers of questions
    for there in (address, reverse("attempt", args=[over.pk])):
        assert "<script>hit()</script>" in dead(as_ana.get(there))


@pytest.mark.parametrize("slug", ["trata", "modulo-uno", "leccion-1", "practica"])
def test_previews_only_show_them(spoiled, slug):
    spoil_titles(ALL[:100])
    page = LessonPage.objects.get(slug="leccion-1").get_root()
    page = page.get_descendants().get(slug=slug).specific

    answer = page.make_preview_request(preview_mode=page.default_preview_mode)
    answer.render()

    assert "<script>hit()</script>" in dead(answer)


def test_the_editors_area_only_shows_them(client, spoiled):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    question = Question.objects.first()

    for address in (
        reverse("question:inspect", args=[question.pk]),
        reverse("note_grid"),
        reverse("glossaryterm:index"),
    ):
        body = BeautifulSoup(client.get(address).text, "html.parser")
        assert "<script>hit()</script>" in body.get_text(" ")
        assert [s for s in body.find_all("script") if "hit()" in s.get_text()] == []
