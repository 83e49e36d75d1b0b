"""What a reader can reach of a course, and what is asked while pages come and go."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from courses import actions
from courses.models import LessonPage, ModulePage
from courses.outline import outline
from courses.progress import progress_of
from courses.reach import asked_among, reach_of
from courses.tasks import settle_open_enrolments
from tests import factories

LESSON = "/es/trata/modulo-uno/leccion-2/"
ENGLISH = "/en/trata-en/modulo-uno-en/leccion-2-en/"


def settle():
    """Do what waits in the queue."""
    waiting = DBTaskResult.objects.ready().filter(
        task_path=settle_open_enrolments.module_path
    )
    for queued in waiting:
        settle_open_enrolments.call(*queued.args_kwargs["args"])


def done(enrolment, at, *activities):
    for activity in activities:
        actions.complete_activity(
            enrolment, activity=activity, language="es", revision=None, at=at
        )


def states(enrolment, language="es"):
    caches["pages"].clear()
    rows = progress_of(enrolment, language=language).rows
    return {row.number: row.state for row in rows}


def spanish(model, slug):
    return model.objects.get(slug=slug, locale__language_code="es")


def finish(client, activity, language="es"):
    path = reverse("finish_lesson", args=[activity.pk])
    return client.post(path.replace("/es/", f"/{language}/", 1))


def test_module_taken_down_without_its_subpages_is_owed_by_nobody(
    enrolment, activities, at
):
    done(enrolment, at, activities["lesson-1"], activities["final"])

    spanish(ModulePage, "modulo-uno").unpublish()
    settle()

    enrolment.refresh_from_db()
    assert spanish(LessonPage, "leccion-2").live
    assert enrolment.completed_at is not None
    assert states(enrolment)["1.2"] == "waived"
    assert states(enrolment, "en")["1.2"] == "waived"


def test_what_stands_below_a_module_taken_down_is_not_found(
    client, ana, enrolment, activities
):
    client.force_login(ana)
    assert client.get(LESSON).status_code == 200

    spanish(ModulePage, "modulo-uno").unpublish()
    caches["pages"].clear()

    for path in (LESSON, "/es/trata/modulo-uno/practica/", "/es/trata/modulo-uno/"):
        assert client.get(path).status_code == 404
    spanish(ModulePage, "modulo-uno").get_parent().specific.unpublish()
    assert client.get("/es/trata/prueba-final/").status_code == 404


def test_finish_of_a_lesson_taken_down_says_so_and_leads_to_the_progress(
    client, ana, bruno, enrolment, activities
):
    spanish(ModulePage, "modulo-uno").unpublish()
    client.force_login(ana)

    answer = finish(client, activities["lesson-2"])

    assert answer.status_code == 409
    assert "La lección se retiró. Ya no se le pide." in answer.text
    assert reverse("enrolment", args=[enrolment.pk]) in answer.text
    client.force_login(bruno)
    assert finish(client, activities["lesson-2"]).status_code == 404


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_lesson_taken_away_in_spanish_alone_is_not_owed_in_english(
    client, ana, enrolment, activities, at, way
):
    done(enrolment, at, activities["lesson-1"], activities["final"])
    client.force_login(ana)

    getattr(spanish(LessonPage, "leccion-2"), way)()
    settle()

    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    for language in ("es", "en"):
        row = progress_of(enrolment, language=language).rows[1]
        assert (row.state, row.url) == ("waived", "")
        keys = [entry.key for entry in outline(enrolment.course_id, language)]
        assert activities["lesson-2"].pk not in keys
    page = client.get(ENGLISH)
    assert page.status_code == 200
    assert not page.context["may_finish"]


def test_lesson_without_its_translation_is_read_in_the_original(
    client, ana, enrolment, activities
):
    LessonPage.objects.get(slug="leccion-2-en").unpublish()
    client.force_login(ana)

    entries = outline(enrolment.course_id, "en")
    page = client.get("/en/trata-en/modulo-uno-en/leccion-1-en/")

    assert [(e.number, e.language, e.module_title) for e in entries[:3]] == [
        ("1.1", "", "Módulo uno (en)"),
        ("1.2", "es", "Módulo uno (en)"),
        ("1.3", "", "Módulo uno (en)"),
    ]
    assert states(enrolment, "en")["1.2"] == "open"
    assert page.context["next"].url == LESSON
    assert f'<a href="{LESSON}" lang="es" hreflang="es">1.2 Lección 2</a>' in page.text
    assert finish(client, activities["lesson-2"]).status_code == 302


def test_course_taken_down_in_spanish_is_asked_in_english(enrolment, activities):
    keys = [activity.pk for activity in activities.values()]

    spanish(Page, "trata").unpublish()

    assert asked_among(keys) == set(keys)
    pages = reach_of(keys, language="es").pages
    assert pages[activities["lesson-2"].pk].url == ENGLISH
    assert [entry.number for entry in outline(enrolment.course_id, "en")] == [
        "1.1",
        "1.2",
        "1.3",
        "2",
    ]


def test_lesson_moved_out_of_reach_is_owed_by_nobody(enrolment, activities, at):
    lesson = spanish(LessonPage, "leccion-2")
    other = factories.make_course_page(code="C2", slug="otro")
    module = factories.in_both(
        other, ModulePage, title="Aparte", slug="aparte", summary="Resumen"
    )
    done(enrolment, at, activities["lesson-1"], activities["final"])

    lesson.move(module, pos="last-child")
    settle()

    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    keys = {entry.key for entry in outline(other.translation_key, "es")}
    assert activities["lesson-2"].pk not in keys


def test_final_test_left_in_english_alone_is_reached_there(
    enrolment, activities, course
):
    spanish(Page, "prueba-final").unpublish()

    row = progress_of(enrolment, language="es").rows[-1]
    assert (row.state, row.url) == ("open", "/en/trata-en/prueba-final-en/")
    assert outline(course.pk, "en")[-1].key == activities["final"].pk
