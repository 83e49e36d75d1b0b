"""What catalogue, course, module and quiz pages show to whom."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from courses import actions
from courses.models import Completion, Edition, Enrolment, ModulePage
from tests import factories
from tests.factories import right_answer

HOME = "/es/"
COURSE = "/es/trata/"
QUIZ = "/es/trata/prueba-final/"
PRACTICE = "/es/trata/modulo-uno/practica/"


def test_catalogue_asks_as_much_for_three_courses_as_for_one(
    client, ana, enrolment, django_assert_max_num_queries
):
    client.force_login(ana)
    client.get(HOME)
    with django_assert_max_num_queries(50) as one:
        client.get(HOME)
    for number in (2, 3):
        page = factories.make_course_page(code=f"C{number}", slug=f"curso-{number}")
        factories.make_edition(page)

    with django_assert_max_num_queries(len(one)):
        answer = client.get(HOME)

    assert [card.page.code for card in answer.context["cards"]] == ["C1", "C2", "C3"]


def test_catalogue_card_says_hours_of_the_track_languages_and_state(
    client, ana, bruno, enrolment
):
    client.force_login(ana)
    mine = client.get(HOME).context["cards"][0]
    client.force_login(bruno)
    his = client.get(HOME).context["cards"][0]

    assert mine.minutes == enrolment.edition.minutes["judge"]
    assert mine.languages == ["Español", "English"]
    assert (mine.enrolment, his.enrolment) == (enrolment.pk, None)
    assert (mine.url, his.url) == (COURSE, COURSE)


@pytest.mark.parametrize(("at_home", "other"), [("/es/", "/en/"), ("/en/", "/es/")])
def test_catalogue_leads_to_the_other_language(client, edition, at_home, other):
    answer = client.get(at_home)

    assert [a["url"] for a in answer.context["alternates"]] == [other]


def test_catalogue_without_courses_says_so(client, db):
    factories.make_catalogue()

    answer = client.get(HOME)

    assert answer.status_code == 200
    assert answer.context["cards"] == []


def test_catalogue_offers_no_enrolment_before_an_edition(client, ana, course_page):
    client.force_login(ana)

    body = client.get(HOME).content.decode()

    assert "Curso C1" in body
    assert "/enrol/" not in body


def test_course_shows_the_path_with_ticks_and_what_comes_next(
    client, ana, enrolment, activities, at
):
    Completion.objects.create(
        enrolment=enrolment, activity=activities["lesson-1"], at=at, language="es"
    )
    client.force_login(ana)

    shown = client.get(COURSE).context

    module, finals = shown["parts"]
    assert (module.number, module.need, module.done) == ("1", "required", 1)
    assert [entry.number for entry in module.entries] == ["1.1", "1.2", "1.3"]
    assert [entry.number for entry in finals.entries] == ["2"]
    assert (shown["required_done"], shown["required_total"]) == (1, 3)
    assert shown["next"].key == activities["lesson-2"].pk


def test_course_says_nothing_of_a_track_to_who_has_none(client, edition):
    shown = client.get(COURSE).context

    assert {part.need for part in shown["parts"]} == {""}
    assert shown["ticks"].enrolment is None


def test_course_that_was_completed_says_when(client, ana, enrolment):
    Enrolment.objects.update(completed_at=timezone.now())
    client.force_login(ana)

    answer = client.get(COURSE)

    assert answer.context["ticks"].completed_at is not None
    assert answer.context["next"] is None
    assert "/enrol/" not in answer.content.decode()


def test_course_that_was_completed_leads_into_a_later_run_and_into_no_other(
    client, ana, enrolment
):
    Enrolment.objects.update(completed_at=timezone.now())
    client.force_login(ana)

    before = client.get(COURSE).content.decode()
    later = Edition.objects.get()
    later.pk, later.run, later.opened_at = None, "2099-1", timezone.now()
    later.save(force_insert=True)
    after = client.get(COURSE).content.decode()

    assert "/enrol/" not in before
    assert "/enrol/" in after
    assert later.label in after


def test_course_enrols_by_one_post(client, ana, edition):
    client.force_login(ana)

    body = client.get(COURSE).content.decode()

    assert f'action="/es/learn/courses/{edition.course_id}/enrol/"' in body


def test_module_lists_its_activities_and_leads_on(client, ana, enrolment, activities):
    client.force_login(ana)

    shown = client.get("/es/trata/modulo-uno/").context

    assert [entry.number for entry in shown["entries"]] == ["1.1", "1.2", "1.3"]
    assert shown["first"].key == activities["lesson-1"].pk
    assert shown["course_url"] == COURSE


def test_quiz_says_what_it_asks_before_it_starts(client, ana, enrolment):
    client.force_login(ana)

    final, practice = client.get(QUIZ).context, client.get(PRACTICE).context

    assert (final["questions"], final["is_final"]) == (len(factories.KINDS), True)
    assert (final["allowance"].left, final["edition"]) == (3, enrolment.edition)
    assert (practice["questions"], practice["is_final"]) == (5, False)


def test_quiz_draws_no_more_than_the_edition_says(client, ana, enrolment):
    enrolment.edition.draw = 2
    enrolment.edition.save()
    client.force_login(ana)

    assert client.get(QUIZ).context["questions"] == 2


def test_quiz_shows_no_question_to_who_has_not_started(client, ana, enrolment):
    client.force_login(ana)

    for path in (QUIZ, PRACTICE):
        body = client.get(path).content.decode()
        assert "Pregunta" not in body.replace("Preguntas", "")
        assert "KEY" not in body


def test_quiz_resumes_the_attempt_that_is_open(client, ana, enrolment, activities, at):
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)
    client.force_login(ana)

    body = client.get(QUIZ).content.decode()

    assert f"/es/attempts/{attempt.pk}/" in body
    assert "/start/" not in body


def test_quiz_shows_the_last_result_and_no_start_after_a_pass(
    client, ana, enrolment, activities, at
):
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)
    actions.save_answers(
        attempt,
        answers={i.position: right_answer(i) for i in attempt.items.with_version()},
        at=at,
    )
    actions.submit_attempt(attempt, language="es", at=at)
    client.force_login(ana)

    answer = client.get(QUIZ)

    assert answer.context["last_grade"].points == 5
    assert answer.context["has_passed"]
    assert "/start/" not in answer.content.decode()


def test_quiz_shows_no_attempt_of_anybody_else(
    client, bruno, enrolment, activities, at
):
    actions.start_attempt(enrolment, activity=activities["final"], at=at)
    client.force_login(bruno)

    answer = client.get(QUIZ)

    assert "open_attempt" not in answer.context
    assert "/start/" not in answer.content.decode()


def test_quiz_without_attempts_left_says_when_there_are_new_ones(
    client, ana, enrolment, activities
):
    for _try in range(3):
        now = timezone.now()
        attempt = actions.start_attempt(enrolment, activity=activities["final"], at=now)
        actions.submit_attempt(attempt, language="es", at=now)
    client.force_login(ana)

    answer = client.get(QUIZ)

    assert answer.context["allowance"].left == 0
    assert answer.context["allowance"].next_at is not None
    assert "/start/" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["CoursePage", "LessonPage", "QuizPage", "ModulePage"])
def test_preview_of_a_draft_shows_the_page(client, admin, edition, kind):
    page = next(
        p
        for p in Page.objects.filter(locale__language_code="es").specific()
        if type(p).__name__ == kind
    )
    page.title = "Título en borrador"
    page.save_revision()
    client.force_login(admin)

    answer = client.get(f"/admin/pages/{page.pk}/view_draft/")

    assert answer.status_code == 200
    assert "Título en borrador" in answer.content.decode()


def test_course_page_says_what_each_profession_must_do(client, course_page, edition):
    module = ModulePage.objects.get(slug="modulo-uno")
    module.required_for, module.recommended_for = ["judge"], ["opi"]
    module.save_revision().publish()

    answer = client.get("/es/trata/")

    assert answer.context["parts"][0].needs == [
        "required",
        "other",
        "recommended",
        "other",
    ]
    assert [time for _name, time in answer.context["tracks"]] == [9, 9, 9, 9]
