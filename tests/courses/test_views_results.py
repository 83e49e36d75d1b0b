"""What an attempt that was handed in tells its learner."""

import pytest
from django.utils import timezone

from courses import actions, awards
from tests.courses.answering import RIGHT, begin, hand_in, text, url
from tests.factories import wrong_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def attempt(enrolment, activities):
    return begin(enrolment, activities["final"])


@pytest.fixture
def practice(enrolment, activities):
    return begin(enrolment, activities["practice"])


@pytest.fixture
def certificates(monkeypatch):
    monkeypatch.setattr(awards, "_registered", [])
    awards.register(
        lambda keys, language: {
            key: {"url": f"/{language}/award/{key}/", "label": "Vigente"}
            for key in keys
        }
    )


def test_results_of_a_failed_test_say_what_to_do(
    as_ana, attempt, activities, course_page
):
    item = attempt.items.with_version().get(position=1)
    item.version.question.lesson = activities["lesson-2"].pk
    item.version.question.save()
    hand_in(attempt, wrong_answer)

    page = text(as_ana.get(url(attempt)))

    assert "0 of 5; the pass mark is 4" in page
    assert "2 attempts left." in page
    assert 'class="button" href="/en/trata-en/modulo-uno-en/leccion-2-en/"' in page
    assert "1.1 Lección 1" not in page
    assert 'href="/en/trata-en/prueba-final-en/"' in page


def test_results_of_a_passed_test_lead_to_what_comes_next(as_ana, attempt):
    hand_in(attempt)

    page = text(as_ana.get(url(attempt)))

    assert "You passed with 5 of 5." in page
    assert (
        f'class="button" href="/en/learn/enrolments/{attempt.enrolment_id}/resume/"'
        in page
    )
    assert "Your certificate is ready." not in page


def test_results_that_complete_the_course_lead_to_the_certificate(
    as_ana, attempt, activities, certificates
):
    for name in ("lesson-1", "lesson-2"):
        actions.complete_activity(
            attempt.enrolment,
            activity=activities[name],
            language="es",
            revision=None,
            at=timezone.now(),
        )
    hand_in(attempt)

    page = text(as_ana.get(url(attempt)))

    assert "Your certificate is ready." in page
    assert f'class="button" href="/en/award/{attempt.enrolment_id}/"' in page


def test_results_of_a_practice_check_explain_every_question(as_ana, practice):
    hand_in(practice, wrong_answer)

    page = text(as_ana.get(url(practice)))

    assert "You answered 0 of 5 right." in page
    assert "pass mark" not in page
    # Of each question feedback and source; of one also which mistake was made.
    assert page.count("KEY") == 11
    assert page.count("Not right") == 5
    assert "Your mistake" in page
    assert "KEYc1-p-single error Uno c1-p-single (en)" in page
    assert "error Tres" not in page
    assert "Hecho uno c1-p-matching (en) → Medio c1-p-matching (en)" in page


def test_results_show_ones_own_answers_and_questions_without_one(as_ana, attempt):
    as_ana.post(url(attempt), {"q-1": "1", "q-5-2": "1", "go": "stay"})
    as_ana.post(url(attempt, "submit/"))

    page = text(as_ana.get(url(attempt)))

    assert "<p>Uno c1-f-single (en)</p>" in page
    assert "<li>Dos c1-f-ordering (en)</li><li>–</li><li>–</li>" in page
    assert page.count("No answer") == 3


def test_results_stay_readable_when_every_page_is_gone(as_ana, attempt, course_page):
    hand_in(attempt)
    course_page.get_translations().get().delete()
    course_page.delete()

    page = text(as_ana.get(url(attempt, language="es")))

    assert "Prueba final" in page
    assert "5 of 5" in page or "5 de 5" in page
    assert "KEYc1-f-single" in page


def test_an_open_attempt_can_be_finished_when_every_page_is_gone(
    as_ana, attempt, course_page
):
    course_page.get_translations().get().delete()
    course_page.delete()

    as_ana.post(url(attempt), RIGHT | {"go": "review"})
    as_ana.post(url(attempt, "submit/"))

    attempt.refresh_from_db()
    assert attempt.passed


def test_results_say_when_a_new_set_begins(as_ana, enrolment, activities):
    for _number in range(3):
        last = hand_in(begin(enrolment, activities["final"]), wrong_answer)

    page = text(as_ana.get(url(last)))

    assert "You have used your attempts. A new set begins on" in page
