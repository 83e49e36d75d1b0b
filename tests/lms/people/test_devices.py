"""Where a person is signed in: what is kept, what is shown, what can be ended."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.people.devices import forget_ended
from tests.factories import NOON, PASSWORD

DEVICES = "/en/account/sessions/"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
HOUR = timedelta(hours=1)
PROFILE = "/en/account/profile/"


@pytest.fixture
def enter(sign_in):
    """Return a function that signs a person in with a browser of that name."""

    def with_browser(person, user_agent):
        browser = Client(headers={"user-agent": user_agent}, REMOTE_ADDR="203.0.113.7")
        sign_in(person, browser=browser)
        return browser

    return with_browser


@pytest.fixture
def phone(enter, ana):
    return enter(ana, PHONE)


@pytest.fixture
def laptop(enter, ana):
    return enter(ana, LAPTOP)


def row_of(browser):
    return UserSession.objects.get(session_key=browser.session.session_key)


def is_signed_in(browser):
    return browser.get(PROFILE).status_code == 200


def test_sign_in_keeps_no_address_and_only_the_words_of_the_browser(phone, ana):
    kept = UserSession.objects.values().get(user=ana)

    assert kept["ip"] == "::"
    assert kept["user_agent"] == "Firefox on Android"
    assert kept["data"] == {}


def test_screen_names_every_browser_and_marks_this_one(phone, laptop):
    page = phone.get(DEVICES).content.decode()

    here = page.index("this browser")
    assert page.index("<h2>Firefox on Android</h2>") < here
    assert here < page.index("<h2>Chrome on Windows</h2>")
    assert page.count("this browser") == 1
    assert page.count("Sign out of this one") == 1


def test_screen_shows_nobody_elses_browsers(phone, enter, bruno):
    enter(bruno, LAPTOP)

    page = phone.get(DEVICES).content.decode()

    assert "Chrome on Windows" not in page
    assert "You are signed in nowhere else." in page


def test_one_browser_is_signed_out(phone, laptop):
    answer = phone.post(reverse("end_device", args=[row_of(laptop).pk]), follow=True)

    assert answer.redirect_chain[0][1] == 302
    assert is_signed_in(phone)
    assert not is_signed_in(laptop)
    assert UserSession.objects.get() == row_of(phone)


def test_everywhere_else_is_signed_out(phone, laptop, enter, ana, bruno):
    tablet, foreign = enter(ana, PHONE), enter(bruno, LAPTOP)

    phone.post("/en/account/sessions/end-others/")

    signed_in = [is_signed_in(browser) for browser in (phone, laptop, tablet, foreign)]
    assert signed_in == [True, False, False, True]


def test_browser_of_another_is_unknown(phone, enter, bruno):
    foreign = enter(bruno, LAPTOP)

    answers = [
        phone.post(f"/en/account/sessions/{pk}/end/").status_code
        for pk in (row_of(foreign).pk, 10**6)
    ]

    assert answers == [404, 404]
    assert is_signed_in(foreign)


def test_browser_in_hand_goes_by_the_ordinary_way_out(phone):
    answer = phone.post(f"/en/account/sessions/{row_of(phone).pk}/end/")

    assert answer["Location"] == "/en/account/logout/"
    assert is_signed_in(phone)


@pytest.mark.parametrize("path", ["", "1/end/", "end-others/"])
def test_devices_are_for_people_who_signed_in(client, db, path):
    send = client.post if path else client.get

    assert send(DEVICES + path)["Location"].startswith("/en/account/login/")


def test_sessions_that_ended_vanish(phone, laptop, enter, ana, time_machine):
    left = enter(ana, LAPTOP)
    left.post("/en/account/logout/")
    now = timezone.now()
    Session.objects.filter(pk=laptop.session.session_key).update(expire_date=now)
    time_machine.move_to(now, tick=False)

    assert "Chrome on Windows" not in phone.get(DEVICES).content.decode()


def test_sessions_that_nobody_came_back_to_vanish(enter, ana, time_machine):
    time_machine.move_to(NOON, tick=False)
    enter(ana, LAPTOP)
    time_machine.move_to(NOON + 4 * HOUR - timedelta(seconds=1), tick=False)
    phone = enter(ana, PHONE)
    before = phone.get(DEVICES).content.decode()

    time_machine.move_to(NOON + 4 * HOUR, tick=False)
    after = phone.get(DEVICES).content.decode()

    assert "Chrome on Windows" in before
    assert "Chrome on Windows" not in after


def test_changed_password_ends_the_others(phone, laptop):
    phone.post("/en/account/reauthenticate/", {"password": PASSWORD})
    warned = phone.get("/en/account/password/change/").content.decode()

    phone.post(
        "/en/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "other four words here"}
        | {"password2": "other four words here"},
    )

    page = phone.get(DEVICES).content.decode()
    assert "signs you out everywhere else" in warned
    assert "Chrome on Windows" not in page
    assert "this browser" in page
    assert not is_signed_in(laptop)


def test_screen_asks_as_often_for_one_browser_as_for_three(
    phone, enter, ana, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(20) as asked:
            phone.get(DEVICES)
        return len(asked)

    one = queries()
    enter(ana, LAPTOP)
    enter(ana, LAPTOP)

    assert queries() == one


def test_visit_is_noted_once_an_hour(enter, ana, time_machine):
    def queries(browser, minutes):
        time_machine.move_to(NOON + timedelta(minutes=minutes), tick=False)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PROFILE)
        table = UserSession._meta.db_table
        return len([query for query in asked if table in query["sql"]])

    time_machine.move_to(NOON, tick=False)
    browser = enter(ana, PHONE)

    assert [queries(browser, minutes) for minutes in (1, 59, 61, 119)] == [0, 0, 1, 0]
    assert row_of(browser).last_seen_at == NOON + HOUR
    assert row_of(browser).created_at == NOON


@pytest.mark.parametrize(
    ("minutes", "seen"), [(59, "about 12:19"), (61, "about 13:00")]
)
def test_screen_says_no_visit_was_before_its_sign_in(
    enter, ana, time_machine, minutes, seen
):
    time_machine.move_to(NOON + timedelta(minutes=19), tick=False)
    laptop = enter(ana, LAPTOP)
    time_machine.move_to(NOON + timedelta(minutes=minutes), tick=False)
    laptop.get(PROFILE)
    phone = enter(ana, PHONE)

    page = phone.get(DEVICES).content.decode()

    assert re.findall(r"about \d+:\d+", page) == [seen]


@pytest.mark.parametrize(
    ("who", "limits"),
    [
        ("ana", "after 4 hours without use, and 24 hours after the sign-in"),
        ("admin", "after 30 minutes without use, and 12 hours after the sign-in"),
    ],
)
def test_screen_says_when_a_session_of_its_reader_ends(client, request, who, limits):
    client.force_login(request.getfixturevalue(who))

    assert limits in client.get(DEVICES).content.decode()


def test_noting_a_visit_does_not_prolong_the_session(enter, ana, time_machine):
    time_machine.move_to(NOON, tick=False)
    browser = enter(ana, PHONE)
    ends = Session.objects.get(pk=browser.session.session_key).expire_date

    time_machine.move_to(NOON + 3 * HOUR, tick=False)
    browser.get(PROFILE)

    assert Session.objects.get(pk=browser.session.session_key).expire_date == ends


def test_page_that_reads_no_session_notes_nothing(phone, time_machine):
    time_machine.move_to(timezone.now() + 3 * HOUR)

    with CaptureQueriesContext(connection) as asked:
        phone.get("/healthz")

    assert len(asked) == 0


def test_what_is_left_of_ended_sessions_is_forgotten(phone, laptop):
    now = timezone.now()
    Session.objects.filter(pk=laptop.session.session_key).update(expire_date=now)

    forget_ended(at=now)

    assert UserSession.objects.get() == row_of(phone)
    assert Session.objects.get().pk == phone.session.session_key
