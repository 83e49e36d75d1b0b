"""What is sent after the end of a session is there again after the sign-in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from courses.cases.actions import start_run
from courses.models import Activity, Assignment
from lms.models import Cohort, TypedForm
from lms.people.actions import erase
from lms.people.kept import kept_about
from lms.people.tasks import run_forget_typed
from lms.people.typed import typed_at
from lms.queue.periodic import REGISTER, Work
from tests.courses.answering import KEPT, RIGHT, begin, kept, text, url
from tests.courses.cases.small import key, make_case
from tests.factories import NOON, PASSWORD, EnrolmentFactory, make_edition

LOGIN = "/en/account/login/"
AGAIN = "What you had typed is on this page again."
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def attempt(enrolment, activities):
    return begin(enrolment, activities["final"])


@pytest.fixture
def enter(client, time_machine):
    """Return a function that signs somebody in by the form, so long after noon."""

    def at(person, *, passed=0 * HOUR, browser=client, **facts):
        time_machine.move_to(NOON + passed, tick=False)
        who = {"login": person.email, "password": PASSWORD, **facts}
        return browser.post(LOGIN, who)

    return at


@pytest.fixture
def too_late(client, enter, ana, attempt, time_machine):
    """Ana's answers, that came five hours after her last page."""
    enter(ana)
    client.get(url(attempt))
    time_machine.move_to(NOON + 5 * HOUR, tick=False)
    return client.post(url(attempt, "answers/"), RIGHT | {"go": "review"})


def test_answers_that_come_too_late_wait_for_their_owner(
    client, enter, ana, attempt, too_late
):
    door = text(client.get(too_late.url))
    entered = enter(ana, passed=5 * HOUR + 29 * MINUTE, next=url(attempt, "answers/"))
    page = text(client.get(entered.url, follow=True))

    assert too_late.url == f"{LOGIN}?next={url(attempt, 'answers/')}"
    assert "nothing happened for 4 hours" in door
    assert "is kept for you for 30 minutes" in door
    assert AGAIN in page
    assert page.count(" checked") == 4
    assert kept(attempt) == [None] * 5

    client.post(url(attempt, "answers/"), RIGHT | {"go": "stay"})

    assert kept(attempt) == KEPT
    assert not TypedForm.objects.exists()
    assert AGAIN not in text(client.get(url(attempt)))


def test_nobody_else_gets_them(client, enter, ana, bruno, attempt, too_late):
    row = TypedForm.objects.get()
    assert "q-1" not in row.sealed

    other = enter(bruno, passed=5 * HOUR)
    found = client.get(url(attempt))
    client.logout()
    enter(ana, passed=5 * HOUR)

    assert other.headers["Clear-Site-Data"] == '"cache"'
    assert found.status_code == 404
    assert not TypedForm.objects.exists()
    assert AGAIN not in text(client.get(url(attempt)))


def test_they_are_shown_by_their_browser_only_and_for_half_an_hour(
    client, enter, ana, attempt, too_late
):
    elsewhere = Client()
    enter(ana, passed=5 * HOUR, browser=elsewhere)
    enter(ana, passed=5 * HOUR + 30 * MINUTE)

    assert AGAIN not in text(elsewhere.get(url(attempt)))
    assert AGAIN not in text(client.get(url(attempt)))
    assert TypedForm.objects.exists()
    run_forget_typed.call()
    assert not TypedForm.objects.exists()
    assert REGISTER["forget typed forms"] == Work(run_forget_typed, 15 * MINUTE)


def test_what_nobody_can_unseal_any_more_is_not_shown(
    client, enter, ana, attempt, too_late, settings
):
    settings.MFA_KEYS = ["another"]

    enter(ana, passed=5 * HOUR)

    assert AGAIN not in text(client.get(url(attempt)))


def test_a_session_that_was_ended_elsewhere_loses_nothing(client, enter, ana, attempt):
    enter(ana)
    Session.objects.all().delete()

    late = client.post(url(attempt, "answers/"), RIGHT | {"go": "review"})
    door = text(client.get(late.url))
    enter(ana)

    assert "You are no longer signed in." in door
    assert AGAIN in text(client.get(url(attempt)))


def test_of_who_never_signed_in_nothing_is_kept(client, attempt):
    stranger = client.post(url(attempt, "answers/"), RIGHT | {"go": "review"})

    assert stranger.url == f"{LOGIN}?next={url(attempt, 'answers/')}"
    assert "messages" not in client.cookies
    assert not TypedForm.objects.exists()


def test_what_is_too_much_is_said_not_to_be_kept(client, enter, ana, attempt):
    enter(ana)
    client.cookies.pop("sessionid")

    client.post(url(attempt, "answers/"), {"q-1": "x" * 66_000, "go": "review"})

    assert "could not be kept" in text(client.get(LOGIN))
    assert not TypedForm.objects.exists()


@pytest.mark.parametrize(("site", "is_kept"), [("same-origin", True), ("none", False)])
def test_a_page_that_expired_by_a_sign_in_elsewhere_keeps_its_answers(
    enter, ana, attempt, site, is_kept
):
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": site})
    browser.get(LOGIN)
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    enter(ana, browser=browser, **token)

    late = browser.post(url(attempt, "answers/"), RIGHT | {"go": "review"} | token)

    assert late.status_code == (302 if is_kept else 403)
    page = text(browser.get(url(attempt)))
    assert (AGAIN in page) is is_kept
    assert kept(attempt) == [None] * 5


def test_an_expired_page_of_somebody_signed_out_leads_to_the_sign_in(
    enter, ana, attempt
):
    browser = Client(
        enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"}
    )
    browser.get(LOGIN)
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    enter(ana, browser=browser, **token)
    browser.cookies.pop("sessionid")

    late = browser.post(url(attempt, "answers/"), RIGHT | {"go": "review"} | token)
    door = browser.get(late.url, follow=True)

    assert door.redirect_chain[-1][0].startswith(LOGIN)
    assert "is kept for you" in text(door)


def test_neither_passwords_nor_proofs_are_kept(client, enter, ana, attempt):
    enter(ana)
    client.cookies.pop("sessionid")
    proofs = {"csrfmiddlewaretoken": "PROOF", "old_password": "SECRET"}

    client.post(url(attempt, "answers/"), RIGHT | proofs)
    enter(ana)

    request = client.get(url(attempt)).wsgi_request

    assert set(typed_at(request, "attempt", key=attempt.pk)) == set(RIGHT)


@pytest.mark.parametrize(("shared", "stored"), [({}, True), ({"shared": "on"}, False)])
def test_on_a_shared_computer_nothing_stays(
    client, enter, ana, attempt, shared, stored
):
    entered = enter(ana, **shared)

    page = client.get(url(attempt))

    assert ("no-store" not in page.headers["Cache-Control"]) is stored
    assert bool(entered.cookies["typed"]["max-age"]) is stored


def test_reasons_of_a_case_that_come_too_late_wait_too(
    client, enter, ana, course_page, time_machine
):
    make_case(course_page)
    enrolment = EnrolmentFactory(learner=ana, edition=make_edition(course_page))
    case = Activity.objects.get(kind=Activity.Kind.CASE)
    run = start_run(enrolment, activity=case, role="judge", at=NOON)
    enter(ana)
    time_machine.move_to(NOON + 5 * HOUR, tick=False)
    step = f"/en/cases/{run.pk}/1/"

    client.post(f"{step}decide/", {"option": key("1b"), "reasons": "Dos frases."})
    enter(ana, passed=5 * HOUR)
    page = text(client.get(step))

    assert AGAIN in page
    assert f'value="{key("1b")}" required checked' in page
    assert ">Dos frases.</textarea>" in page
    assert not run.decisions.exists()


def test_whom_to_ask_and_where_one_works_wait_too(client, enter, ana, tomas, edition):
    Cohort.objects.update(asks_superior=True)
    asking = Assignment.objects.create(
        cohort=Cohort.objects.get(trainers=tomas),
        course=edition.course,
        assigned_by=tomas,
        assigned_at=NOON,
    )
    named = f"/en/learn/assignments/{asking.pk}/superior/"
    boss = {"name": "Marta Chen", "address": "jefatura@example.org"}
    works = "/en/account/post/"
    court = {
        "country": "HN",
        "institution": "other",
        "institution_typed": "Juzgado Nono",
        "track": "judge",
        "position": "Jueza",
        "next": "/en/trata/",
    }
    enter(ana)

    for page, typed in ((named, boss), (works, court)):
        client.cookies.pop("sessionid")
        client.post(page, typed)
        enter(ana)
        shown = text(client.get(page))

        assert AGAIN in shown
        for value in typed.values():
            assert f'value="{value}"' in shown
        client.post(page, typed)
        assert not TypedForm.objects.exists()


def test_ana_is_told_of_them_and_an_erasure_takes_them(ana, admin, at, too_late):
    def told():
        return [line.what for line in kept_about(ana, language="en")]

    what = "A form that came after your session had ended"
    assert what in told()

    erase(ana, by=admin, at=at)

    assert not TypedForm.objects.exists()
    assert what not in told()


def test_a_learners_page_of_answers_says_how_long_the_session_lasts(
    client, enter, ana, tomas, attempt, edition, time_machine
):
    enter(ana)
    time_machine.move_to(NOON + 10 * MINUTE, tick=False)
    page = text(client.get(url(attempt)))
    time_machine.move_to(NOON + 3 * HOUR + 56 * MINUTE, tick=False)
    stayed = client.get("/en/account/stay/")
    read = text(client.get("/en/my-learning/"))

    assert 'role="status"' in page
    assert 'datetime="PT13800S" hidden' in page  # four hours but for ten minutes
    assert 'datetime="PT85800S" hidden' in page  # a day but for as many
    assert (stayed.status_code, stayed.headers["Session-Seconds"]) == (
        204,
        "14400 72240",
    )
    assert "data-" not in page[page.index("<main") :]
    assert "stay.js" not in read


def test_who_sees_other_people_is_asked_by_the_dialog_alone(
    client, tomas, edition, activities
):
    attempt = begin(
        EnrolmentFactory(learner=tomas, edition=edition), activities["final"]
    )
    client.force_login(tomas)

    page = text(client.get(url(attempt)))

    assert 'data-seconds="1800"' in page
    assert "stay.js" not in page
    assert "Session-Seconds" not in client.get("/en/account/stay/").headers
