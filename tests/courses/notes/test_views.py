"""Notes on lessons: written beside the text, found again, read by nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses.models import Note
from courses.notes.actions import keep
from tests.factories import PASSWORD, PersonFactory
from tests.payloads import PAYLOADS, alive

pytestmark = pytest.mark.django_db
LESSON = "/es/trata/modulo-uno/leccion-1/"


def note_page(lesson):
    return reverse("lesson_note", args=[lesson.pk])


@pytest.fixture
def lesson(activities):
    return activities["lesson-1"]


@pytest.fixture
def reader(client, ana):
    client.force_login(ana)
    return client


def test_a_lesson_leads_to_the_note_and_the_note_back_to_the_lesson(reader, lesson):
    assert note_page(lesson) in reader.get(LESSON).content.decode()
    assert f'href="{LESSON}"' in reader.get(note_page(lesson)).content.decode()

    answer = reader.post(note_page(lesson), {"text": "Preguntar por el pasaporte"})

    assert answer.url == LESSON
    assert "Se guardó su nota." in reader.get(LESSON).content.decode()
    assert (
        "Preguntar por el pasaporte" in reader.get(note_page(lesson)).content.decode()
    )


def test_who_is_not_signed_in_is_offered_no_note(client, lesson):
    assert note_page(lesson) not in client.get(LESSON).content.decode()
    assert "/account/login/" in client.get(note_page(lesson)).url


def test_a_note_stands_sealed_in_the_database(ana, lesson, at):
    keep(ana, lesson, text="Preguntar", is_marked=False, at=at)

    assert "Preguntar" not in Note.objects.get().sealed
    assert Note.objects.get().text == "Preguntar"


def test_without_a_word_and_a_mark_a_note_is_thrown_away(reader, lesson):
    reader.post(note_page(lesson), {"text": "Preguntar", "is_marked": "on"})
    reader.post(note_page(lesson), {"text": " ", "is_marked": "on"})
    assert [(one.text, one.is_marked) for one in Note.objects.all()] == [("", True)]

    reader.post(note_page(lesson), {"text": " "})

    assert not Note.objects.exists()
    assert "Ya no hay ninguna nota" in reader.get(LESSON).content.decode()


def test_a_note_that_is_too_long_stays_on_the_page_and_is_not_kept(reader, lesson):
    answer = reader.post(note_page(lesson), {"text": "ñ" * 4_001})

    assert answer.status_code == 422
    assert "Acorte la nota a 4000 letras." in answer.content.decode()
    assert "ñ" * 4_001 in answer.content.decode()
    assert not Note.objects.exists()


def test_all_notes_stand_by_course_the_newest_first(reader, ana, activities, at):
    for number, (name, text) in enumerate(
        [("lesson-1", "primera"), ("lesson-2", "segunda")]
    ):
        moment = at.replace(minute=number)
        keep(ana, activities[name], text=text, is_marked=not number, at=moment)

    words = reader.get(reverse("my_notes")).content.decode()

    assert words.index("segunda") < words.index("Marcada") < words.index("primera")
    assert f'href="{LESSON}"' in words


def test_the_list_asks_as_often_for_many_notes_as_for_one(
    reader, ana, activities, at, django_assert_num_queries
):
    keep(ana, activities["lesson-1"], text="una", is_marked=False, at=at)
    with django_assert_num_queries(4):
        reader.get(reverse("my_notes"))

    keep(ana, activities["lesson-2"], text="dos", is_marked=False, at=at)
    with django_assert_num_queries(4):
        reader.get(reverse("my_notes"))


def test_nobody_reads_the_note_of_somebody_else(
    reader, ana, admin, tomas, activities, lesson, at
):
    keep(ana, activities["lesson-2"], text="De Ana", is_marked=False, at=at)
    for other in (admin, tomas, PersonFactory()):
        keep(other, lesson, text="Nota ajena", is_marked=True, at=at)

    for address in (note_page(lesson), reverse("my_notes")):
        assert "Nota ajena" not in reader.get(address).content.decode()
    for other in (admin, tomas):  # who trains the cohort of whoever reads here
        assert [one.learner for one in Note.objects.visible_to(other)] == [other]


def test_of_a_lesson_taken_down_the_note_is_left(reader, ana, lesson, at):
    keep(ana, lesson, text="Preguntar", is_marked=False, at=at)
    Page.objects.filter(translation_key=lesson.pk).update(live=False)

    assert (
        "Una lección que se retiró" in reader.get(reverse("my_notes")).content.decode()
    )
    assert "Preguntar" in reader.get(note_page(lesson)).content.decode()
    answer = reader.post(note_page(lesson), {"text": ""})

    assert answer.url == reverse("my_notes")
    assert reader.get(note_page(lesson)).status_code == 404


def test_only_lessons_have_notes(reader, activities):
    assert reader.get(note_page(activities["final"])).status_code == 404


def test_what_is_noted_is_only_text(reader, lesson):
    for payload in PAYLOADS:
        reader.post(note_page(lesson), {"text": payload})
        pages = [note_page(lesson), reverse("my_notes")]
        seen = [reader.get(address).content.decode() for address in pages]

        assert [alive(page) for page in seen] == [[], []], payload


def test_what_was_typed_when_the_session_ended_is_on_the_page_again(
    client, ana, lesson, at, time_machine
):
    time_machine.move_to(at, tick=False)
    signs_in = {"login": ana.email, "password": PASSWORD}
    client.post("/es/account/login/", signs_in)
    client.get(note_page(lesson))

    time_machine.move_to(at + timedelta(hours=5), tick=False)
    client.post(note_page(lesson), {"text": "Preguntar", "is_marked": "on"})
    assert not Note.objects.exists()
    entered = client.post(
        "/es/account/login/", signs_in | {"next": note_page(lesson)}, follow=True
    )

    words = entered.content.decode()
    assert ">\nPreguntar</textarea>" in words
    assert 'name="is_marked" id="id_is_marked" checked' in words
