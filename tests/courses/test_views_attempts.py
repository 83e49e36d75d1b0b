"""Taking a quiz: start, pages of questions, saving, looking over, handing in."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from courses import actions
from courses.models import Attempt, Completion, Enrolment, ModulePage
from tests.courses.answering import KEPT, RIGHT, begin, hand_in, kept, text, url
from tests.factories import (
    EnrolmentFactory,
    make_edition,
    make_question,
    wrong_answer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def attempt(enrolment, activities):
    return begin(enrolment, activities["final"])


# Starting


def test_start_by_post_leads_into_the_attempt(as_ana, enrolment, activities):
    response = as_ana.post(f"/es/learn/activities/{activities['final'].pk}/start/")

    attempt = Attempt.objects.get()
    assert attempt.enrolment == enrolment
    assert response["Location"] == url(attempt, language="es")


def test_start_again_goes_on_with_the_attempt_that_is_open(as_ana, attempt):
    response = as_ana.post(f"/es/learn/activities/{attempt.activity_id}/start/")

    assert response["Location"] == url(attempt, language="es")
    assert Attempt.objects.count() == 1


def test_start_by_get_only_leads_to_the_quiz(as_ana, enrolment, activities):
    response = as_ana.get(f"/es/learn/activities/{activities['final'].pk}/start/")

    assert response["Location"] == "/es/trata/prueba-final/"
    assert not Attempt.objects.exists()


def test_start_of_a_stranger_leads_to_sign_in(client, activities):
    path = f"/es/learn/activities/{activities['final'].pk}/start/"

    response = client.post(path)

    assert response["Location"] == f"/es/account/login/?next={path}"


def test_start_without_an_enrolment_says_so(client, bruno, enrolment, activities):
    client.force_login(bruno)

    response = client.post(f"/en/learn/activities/{activities['final'].pk}/start/")

    assert response.status_code == 409
    assert "Enrol in the course first." in text(response)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("key", [uuid4(), "not-a-key"])
def test_start_an_unknown_quiz_is_not_found(as_ana, key):
    response = as_ana.post(f"/es/learn/activities/{key}/start/")

    assert response.status_code == 404


def test_start_a_lesson_is_refused(as_ana, enrolment, activities):
    response = as_ana.post(f"/en/learn/activities/{activities['lesson-1'].pk}/start/")

    assert response.status_code == 409
    assert "not part of the edition" in text(response)
    assert not Attempt.objects.exists()


def test_start_beyond_the_allowance_says_when_a_new_set_begins(
    as_ana, enrolment, activities
):
    for _number in range(3):
        hand_in(begin(enrolment, activities["final"]), wrong_answer)

    response = as_ana.post(f"/en/learn/activities/{activities['final'].pk}/start/")

    assert response.status_code == 409
    assert "You have used your attempts." in text(response)
    assert "A new set of attempts begins on" in text(response)
    assert Attempt.objects.count() == 3


def test_start_after_passing_is_refused(as_ana, attempt):
    hand_in(attempt)

    response = as_ana.post(f"/en/learn/activities/{attempt.activity_id}/start/")

    assert response.status_code == 409
    assert "already passed" in text(response)


def test_start_in_a_completed_course_is_refused(as_ana, enrolment, activities, at):
    Enrolment.objects.update(completed_at=at)

    response = as_ana.post(f"/en/learn/activities/{activities['practice'].pk}/start/")

    assert response.status_code == 409
    assert "no new attempt can begin" in text(response)


# Who may


@pytest.mark.parametrize("tail", ["", "answers/", "review/", "submit/"])
def test_an_attempt_of_somebody_else_is_not_found(client, bruno, attempt, tail):
    client.force_login(bruno)

    answers = [client.get(url(attempt, tail)), client.post(url(attempt, tail), RIGHT)]

    attempt.refresh_from_db()
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert answers[0].status_code == 404
    assert kept(attempt) == [None] * 5
    assert attempt.is_open


@pytest.mark.parametrize("tail", ["", "answers/", "review/", "submit/"])
def test_an_attempt_for_a_stranger_leads_to_sign_in(client, attempt, tail):
    response = client.get(url(attempt, tail))

    assert response["Location"] == f"/en/account/login/?next={url(attempt, tail)}"


@pytest.mark.parametrize("key", [uuid4(), "not-a-key"])
def test_an_unknown_attempt_is_not_found(as_ana, key):
    assert as_ana.get(f"/es/attempts/{key}/").status_code == 404


# The questions


def test_attempt_asks_every_kind_of_question(as_ana, attempt):
    page = text(as_ana.get(url(attempt)))

    assert [f"Question {n} of 5" in page for n in range(1, 6)] == [True] * 5
    assert page.count('type="radio" name="q-1"') == 3
    assert page.count('type="checkbox" name="q-2"') == 3
    assert page.count('type="radio" name="q-3"') == 2
    assert page.count('<select name="q-4-') == 2
    assert page.count('<select name="q-5-') == 3
    assert "Pregunta single c1-f-single (en)" in page
    assert "checked" not in page
    assert "selected" not in page


def test_a_page_says_honestly_when_a_choice_is_saved(as_ana, ana, bruno, attempt):
    page, review = (text(as_ana.get(url(attempt, tail))) for tail in ("", "review/"))
    other = EnrolmentFactory(learner=bruno, edition=attempt.enrolment.edition)
    browser = Client()
    browser.force_login(bruno)
    brunos = text(browser.get(url(begin(other, attempt.activity))))
    session = as_ana.session
    session.set_expiry(0)  # at a computer that others use
    session.save()
    shared = text(as_ana.get(url(attempt)))

    owner = re.compile('<meta name="owner" content="([0-9a-f]{64})">')
    assert owner.search(page)[1] == owner.search(review)[1] != owner.search(brunos)[1]
    assert not owner.search(shared)
    assert "is saved when you press one of these buttons." in page.split("<template")[0]
    assert "/static/answers" in page
    assert "/static/answers" in review
    assert "data-" not in page[page.index("<main") :]


def test_attempt_shows_options_in_the_order_that_was_frozen(as_ana, attempt):
    attempt.items.filter(position=1).update(shown=["c", "a", "b"])

    page = text(as_ana.get(url(attempt)))

    places = [
        page.index(f"> <span>{word} c1-f-single") for word in ("Tres", "Uno", "Dos")
    ]
    assert places == sorted(places)


def test_answers_are_saved_and_shown_again(as_ana, attempt):
    response = as_ana.post(url(attempt), RIGHT | {"go": "stay"}, follow=True)

    page = text(response)
    attempt.refresh_from_db()
    assert kept(attempt) == KEPT
    assert timezone.localtime(attempt.saved_at).strftime("Saved %H:%M") in page
    assert page.count(" checked") == 4
    assert page.count(" selected") == 5


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [
        ("stay", "/en/attempts/{key}/"),
        ("leave", "/en/my-learning/"),
        ("review", "/en/attempts/{key}/review/"),
        ("language-es", "/es/attempts/{key}/"),
    ],
)
def test_every_button_saves_first(as_ana, attempt, go, leads_to):
    response = as_ana.post(url(attempt), RIGHT | {"go": go})

    assert response["Location"] == leads_to.format(key=attempt.pk)
    assert kept(attempt) == KEPT


def test_language_switch_keeps_the_answers(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "language-es"})

    page = text(as_ana.get(url(attempt, language="es")))

    assert page.count(" checked") == 4
    assert 'value="language-en"' in page


def test_an_unfinished_order_comes_back_as_it_was_left(as_ana, attempt):
    as_ana.post(url(attempt), {"q-5-1": "3", "q-5-2": "", "q-5-3": "", "go": "stay"})

    page = text(as_ana.get(url(attempt)))

    assert kept(attempt)[4] == ["", "", "a"]
    assert page.count(" selected") == 1
    assert re.search(r'id="q-5-1">.*?value="3" selected', page, re.DOTALL)


def test_answers_can_be_taken_back(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "stay"})

    emptied = {
        "q-2": "",
        "q-4-1": "",
        "q-4-2": "",
        "q-5-1": "",
        "q-5-2": "",
        "q-5-3": "",
    }
    as_ana.post(url(attempt), emptied | {"go": "stay"})

    assert kept(attempt) == [["b"], [], ["f"], {}, []]


def test_half_a_form_loses_nothing(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "stay"})

    as_ana.post(url(attempt), {"q-1": "3", "q-4-2": "2", "go": "stay"})

    assert kept(attempt) == [["c"], ["a", "c"], ["f"], {"1": "B", "2": "B"}, KEPT[4]]


@pytest.mark.parametrize(
    ("wrong", "sentence", "href"),
    [
        ({"q-1": "4"}, "Question 1: choose among what is shown", "#q-1-1"),
        ({"q-1": "0"}, "Question 1: choose among what is shown", "#q-1-1"),
        ({"q-1": "b"}, "Question 1: choose among what is shown", "#q-1-1"),
        ({"q-1": ["1", "2"]}, "Question 1: choose one answer only", "#q-1-1"),
        ({"q-2": ["1", "1"]}, "Question 2: choose each answer only once", "#q-2-1"),
        ({"q-2": ["1", "9"]}, "Question 2: choose among what is shown", "#q-2-1"),
        ({"q-3": ["1", "2"]}, "Question 3: choose one answer only", "#q-3-1"),
        ({"q-4-1": "3"}, "Question 4: choose among what is shown", "#q-4-1"),
        ({"q-4-1": ["1", "2"]}, "Question 4: choose one answer only", "#q-4-1"),
        ({"q-5-1": "-1"}, "Question 5: choose among what is shown", "#q-5-1"),
        ({"q-5-1": "4"}, "Question 5: choose among what is shown", "#q-5-1"),
        (
            {"q-5-1": "1"},
            "Question 5: choose a different position for each step",
            "#q-5-1",
        ),
        ({"q-6": "1"}, "This page does not ask one of the questions", "#questions"),
        ({"q-4-3": "1"}, "This page does not ask one of the questions", "#questions"),
        ({"q-x": "1"}, "This page does not ask one of the questions", "#questions"),
        ({"go": "elsewhere"}, "Use one of the buttons", "#buttons"),
        ({"go": "next"}, "Use one of the buttons", "#buttons"),
        ({"go": ["stay", "leave"]}, "Use one of the buttons", "#buttons"),
        ({"go": ""}, "Use one of the buttons", "#buttons"),
        ({"go": "language-fr"}, "Use one of the buttons", "#buttons"),
    ],
)
def test_wrong_answers_are_refused_as_a_whole(as_ana, attempt, wrong, sentence, href):
    response = as_ana.post(url(attempt), RIGHT | {"go": "stay"} | wrong)

    page = text(response)
    attempt.refresh_from_db()
    assert response.status_code == 422
    assert re.search(r"<title>\s*Error:", page)
    assert f'<a href="{href}">{sentence}' in page
    assert kept(attempt) == [None] * 5
    assert attempt.saved_at is None


def test_a_refused_form_still_shows_what_was_chosen(as_ana, attempt):
    response = as_ana.post(url(attempt), RIGHT | {"go": "stay", "q-5-1": "3"})

    page = text(response)
    assert page.count(" checked") == 4
    assert page.count('value="3" selected') == 2
    assert page.count("choose a different position for each step") == 2


def test_a_form_without_a_button_is_refused(as_ana, attempt):
    response = as_ana.post(url(attempt), RIGHT)

    assert response.status_code == 422
    assert kept(attempt) == [None] * 5


def test_errors_are_said_in_the_language_of_the_page(as_ana, attempt, settings):
    response = as_ana.post(url(attempt, language="es"), {"go": "x"})

    assert response.status_code == 422
    assert '<html lang="es"' in text(response)


def test_answers_after_the_hand_in_are_refused(as_ana, attempt):
    hand_in(attempt, wrong_answer)
    before = kept(attempt)

    response = as_ana.post(url(attempt), RIGHT | {"go": "stay"})

    assert response.status_code == 409
    assert "The answers you have just sent were not kept." in text(response)
    assert kept(attempt) == before


# Many questions


@pytest.fixture
def long_attempt(course_page, enrolment, activities):
    module = ModulePage.objects.descendant_of(course_page).get()
    for number in range(20):
        question = make_question(module.translation_key, code=f"LONG-{number}")
        enrolment.edition.questions.add(question)
    return actions.start_attempt(
        enrolment, activity=activities["final"], at=timezone.now()
    )


def test_attempt_shows_ten_questions_a_page(as_ana, long_attempt):
    pages = [text(as_ana.get(url(long_attempt, f"?page={n}"))) for n in (1, 2, 3)]

    assert [page.count("<fieldset") for page in pages] == [10, 10, 5]
    assert ["Question 11 of 25" in page for page in pages] == [False, True, False]
    assert ['value="previous"' in page for page in pages] == [False, True, True]
    assert ['value="next"' in page for page in pages] == [True, True, False]


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "99999999999999999999"])
def test_attempt_has_no_other_pages(as_ana, long_attempt, page):
    path = url(long_attempt, f"?page={page}")

    assert as_ana.get(path).status_code == 404
    assert as_ana.post(path, {"go": "stay"}).status_code == 404


@pytest.mark.parametrize(
    ("go", "tail"),
    [
        ("next", "?page=3"),
        ("previous", ""),
        ("stay", "?page=2"),
        ("language-en", "?page=2"),
    ],
)
def test_buttons_lead_from_page_to_page(as_ana, long_attempt, go, tail):
    response = as_ana.post(url(long_attempt, "?page=2"), {"go": go})

    assert response["Location"] == url(long_attempt, tail)


def test_a_question_of_another_page_is_refused(as_ana, long_attempt):
    response = as_ana.post(url(long_attempt, "?page=2"), {"q-1": "1", "go": "stay"})

    assert response.status_code == 422
    assert kept(long_attempt) == [None] * 25


# Going back, where a line dropped


def test_answers_have_an_address_of_their_own(as_ana, long_attempt):
    """Chromium puts an error in the place of a page that posts to itself."""
    page, second = url(long_attempt), "?page=2"
    own = url(long_attempt, "answers/")

    shown = text(as_ana.get(page + second))
    saved = as_ana.post(own + second, {"go": "previous"})
    refused = as_ana.post(own + second, {"go": "nowhere"})
    asked = as_ana.get(own + second)

    assert f'id="questions" method="post" action="{own}{second}"' in shown
    assert (saved.status_code, saved.url) == (302, page)
    assert refused.status_code == 422
    assert f'action="{page}{second}"' in text(refused)
    assert (asked.status_code, asked.url) == (302, page + second)


def test_only_a_page_that_is_being_filled_in_is_there_for_who_goes_back(
    as_ana, attempt
):
    form = as_ana.get(url(attempt))
    review = as_ana.get(url(attempt, "review/"))
    hand_in(attempt)
    results = as_ana.get(url(attempt))

    kept = form.headers["Cache-Control"].split(", ")
    assert sorted(kept) == ["max-age=0", "must-revalidate", "no-cache", "private"]
    assert "Cookie" in form.headers["Vary"]
    assert "no-store" in review.headers["Cache-Control"]
    assert "no-store" in results.headers["Cache-Control"]


def test_attempt_asks_the_database_as_much_for_few_questions_as_for_many(
    as_ana, attempt, django_assert_max_num_queries
):
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(20) as captured:
            assert as_ana.get(url(attempt)).status_code == 200
        counts.append(len(captured))
        attempt.items.filter(position__gt=1).delete()

    assert counts == [5, 5]


# Looking over and handing in


def test_review_lists_what_has_no_whole_answer(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"q-4-1": "", "go": "stay"})
    attempt.items.filter(position=1).update(answer=None)

    page = text(as_ana.get(url(attempt, "review/")))

    assert "2 questions have no complete answer" in page
    assert re.findall(r'href="(/en/attempts/[^"]*#[^"]*)">Question', page) == [
        url(attempt, "#q-1"),
        url(attempt, "#q-4"),
    ]
    assert f'action="{url(attempt, "submit/")}"' in page


def test_review_links_to_the_page_that_asks(as_ana, long_attempt):
    page = text(as_ana.get(url(long_attempt, "review/")))

    assert f'href="{url(long_attempt, "?page=2#q-11")}"' in page
    assert f'href="{url(long_attempt, "#q-10")}"' in page


def test_review_of_a_whole_attempt_says_so(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "review"})

    assert "All 5 questions are answered." in text(as_ana.get(url(attempt, "review/")))


@pytest.mark.parametrize("tail", ["review/", "submit/"])
def test_review_after_the_hand_in_leads_to_the_results(as_ana, attempt, tail):
    hand_in(attempt)

    response = as_ana.get(url(attempt, tail), follow=True)

    assert response.redirect_chain[-1] == (url(attempt), 302)


def test_submit_by_get_only_leads_to_the_review(as_ana, attempt):
    response = as_ana.get(url(attempt, "submit/"))

    attempt.refresh_from_db()
    assert response["Location"] == url(attempt, "review/")
    assert attempt.is_open


def test_submit_grades_and_leads_to_the_results(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "review"})

    response = as_ana.post(url(attempt, "submit/"))

    attempt.refresh_from_db()
    assert response["Location"] == url(attempt)
    assert (attempt.points, attempt.out_of, attempt.passed) == (5, 5, True)


def test_submit_twice_grades_once(as_ana, attempt):
    as_ana.post(url(attempt, "submit/"))
    before = Attempt.objects.values().get()

    response = as_ana.post(url(attempt, "submit/"), RIGHT)

    assert response["Location"] == url(attempt)
    assert Attempt.objects.values().get() == before
    assert kept(attempt) == [None] * 5


def test_submit_takes_no_answers_from_the_form(as_ana, attempt):
    as_ana.post(url(attempt, "submit/"), RIGHT)

    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (0, False)


def test_submit_what_the_enrolment_no_longer_covers_is_refused(
    as_ana, attempt, course_page
):
    other = make_edition(course_page)
    other.activities.filter(activity=attempt.activity).delete()
    Enrolment.objects.update(edition=other)
    as_ana.post(url(attempt), RIGHT | {"go": "review"})

    response = as_ana.post(url(attempt, "submit/"))

    attempt.refresh_from_db()
    assert response.status_code == 409
    assert "not part of the edition" in text(response)
    assert attempt.is_open


def test_an_attempt_of_a_course_that_was_left_says_that_it_does_not_count(
    as_ana, attempt, enrolment
):
    actions.withdraw(enrolment, at=timezone.now())

    page = text(as_ana.get(url(attempt)))
    as_ana.post(url(attempt), RIGHT | {"go": "review"})
    as_ana.post(url(attempt, "submit/"))

    attempt.refresh_from_db()
    assert "does not count" in page
    assert attempt.passed
    assert not Completion.objects.exists()


def test_nothing_is_asked_of_items_beyond_ones_own(as_ana, bruno, attempt, edition):
    other = begin(EnrolmentFactory(learner=bruno, edition=edition), attempt.activity)

    as_ana.post(url(attempt), RIGHT | {"go": "stay"})

    assert kept(other) == [None] * 5
