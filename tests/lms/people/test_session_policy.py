"""When a session ends: sooner for whoever sees other people, and how that is told."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.people import rules
from lms.people.choices import Role
from lms.people.session_policy import BEGAN, SEEN, note_seen
from tests.factories import NOON, MandateFactory

PROFILE = "/en/account/profile/"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("seen_after", "staff", "ends_after"),
    [
        (0 * HOUR, True, 30 * MINUTE),
        (1 * HOUR, True, 90 * MINUTE),
        (11 * HOUR + 30 * MINUTE, True, 12 * HOUR),
        (11 * HOUR + 45 * MINUTE, True, 12 * HOUR),
        (0 * HOUR, False, 4 * HOUR),
        (20 * HOUR, False, 24 * HOUR),
        (23 * HOUR, False, 24 * HOUR),
    ],
)
def test_session_ends_when_nothing_happens_or_after_its_time(
    seen_after, staff, ends_after
):
    ends = rules.session_ends(NOON, NOON + seen_after, staff=staff)

    assert ends == NOON + ends_after


@pytest.fixture
def after(time_machine):
    """Return a function that says how a page answers so long after noon."""

    def answer(browser, passed, *, path=PROFILE, method="get"):
        time_machine.move_to(NOON + passed, tick=False)
        return getattr(browser, method)(path)

    return answer


@pytest.fixture
def enter(time_machine):
    """Return a function that signs a person in at noon."""

    def at_noon(person):
        time_machine.move_to(NOON, tick=False)
        browser = Client()
        browser.force_login(person)
        return browser

    return at_noon


@pytest.mark.parametrize("who", ["tomas", "ines", "sofia", "admin"])
@pytest.mark.parametrize(
    ("passed", "status"), [(30 * MINUTE - SECOND, 200), (30 * MINUTE, 302)]
)
def test_staff_is_signed_out_after_half_an_hour(
    enter, after, who, passed, status, request
):
    browser = enter(request.getfixturevalue(who))

    assert after(browser, passed).status_code == status


@pytest.mark.parametrize(
    ("passed", "status"), [(4 * HOUR - SECOND, 200), (4 * HOUR, 302)]
)
def test_learner_is_signed_out_after_four_hours(enter, after, ana, passed, status):
    assert after(enter(ana), passed).status_code == status


def test_whoever_is_here_stays_signed_in_until_the_time_is_over(enter, after, ines):
    browser = enter(ines)

    visits = [
        after(browser, minutes * MINUTE).status_code for minutes in range(29, 720, 29)
    ]

    assert set(visits) == {200}
    assert after(browser, 12 * HOUR - SECOND).status_code == 200
    assert after(browser, 12 * HOUR).status_code == 302


def test_learner_stays_signed_in_for_a_day(enter, after, ana):
    browser = enter(ana)

    visits = [after(browser, hours * HOUR).status_code for hours in range(3, 24, 3)]

    assert set(visits) == {200}
    assert after(browser, 24 * HOUR - SECOND).status_code == 200
    assert after(browser, 24 * HOUR).status_code == 302


def test_page_leads_to_the_sign_in_which_says_why_and_back(enter, after, ines):
    browser = enter(ines)

    answer = after(browser, 31 * MINUTE)
    page = browser.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/en/account/login/?next={PROFILE}"
    assert "nothing happened for 30 minutes" in page
    assert f'name="next" value="{PROFILE}"' in page
    assert "_auth_user_id" not in browser.session


def test_learner_is_told_of_hours(enter, after, ana):
    browser = enter(ana)
    after(browser, 5 * HOUR)

    assert "for 4 hours" in browser.get("/en/account/login/").content.decode()


def test_who_was_here_all_day_is_not_told_that_nothing_happened(enter, after, ines):
    browser = enter(ines)
    for minutes in range(20, 720, 20):
        after(browser, minutes * MINUTE)
    after(browser, 12 * HOUR)

    page = browser.get("/en/account/login/").content.decode()

    assert "your sign-in was long ago" in page


def test_what_is_posted_too_late_is_answered_as_to_any_stranger(enter, after, ines):
    browser, stranger = enter(ines), Client()

    answer = after(browser, 31 * MINUTE, method="post")
    to_stranger = stranger.post(PROFILE)

    assert (answer.status_code, answer["Location"]) == (
        to_stranger.status_code,
        to_stranger["Location"],
    )
    assert "messages" not in browser.cookies


def test_public_page_is_still_shown_and_says_that_one_is_signed_out(enter, after, ines):
    browser = enter(ines)

    answer = after(browser, 31 * MINUTE, path="/en/help/")

    assert answer.status_code == 200
    assert "_auth_user_id" not in browser.session


def test_mandate_granted_meanwhile_shortens_the_session(enter, after, ana):
    browser = enter(ana)
    MandateFactory(holder=ana, role=Role.TRAINER)

    assert after(browser, 30 * MINUTE).status_code == 302


def test_session_that_does_not_say_when_it_began_is_over(enter, after, ana):
    browser = enter(ana)
    session = browser.session
    del session[BEGAN]
    session.save()

    assert after(browser, MINUTE).status_code == 302


def writes(browser, after, passed):
    with CaptureQueriesContext(connection) as asked:
        after(browser, passed)
    table = Session._meta.db_table
    return sum(f'UPDATE "{table}"' in query["sql"] for query in asked)


@pytest.mark.parametrize(("who", "pause"), [("ines", 1 * MINUTE), ("ana", 15 * MINUTE)])
def test_visit_is_written_down_seldom(enter, after, who, pause, request):
    browser = enter(request.getfixturevalue(who))
    times = [pause - SECOND, pause, pause + SECOND, 2 * pause - SECOND, 2 * pause]

    assert [writes(browser, after, passed) for passed in times] == [0, 1, 0, 0, 1]


def test_visit_of_a_learner_asks_for_session_and_person_and_no_more(
    enter, after, ana, django_assert_num_queries
):
    browser = enter(ana)
    after(browser, MINUTE)

    # Session, person; of the page: post, name, and who answers for the name.
    with django_assert_num_queries(5):
        after(browser, 2 * MINUTE)


def test_noting_a_visit_sets_no_cookie_and_does_not_prolong_the_session(
    enter, after, ines
):
    browser = enter(ines)
    ends = Session.objects.get().expire_date

    answer = after(browser, 5 * MINUTE)

    assert "sessionid" not in answer.cookies
    assert Session.objects.get().expire_date == ends
    assert browser.session[SEEN] == (NOON + 5 * MINUTE).timestamp()


def test_noting_a_visit_undoes_nothing_that_another_request_wrote(enter, ines):
    browser = enter(ines)
    ours, theirs = browser.session, browser.session
    assert ours[BEGAN] == theirs[BEGAN]
    theirs["account_authentication_methods"] = [{"method": "mfa"}]
    theirs.save()

    note_seen(ours, at=NOON + MINUTE)

    kept = browser.session
    assert kept[SEEN] == (NOON + MINUTE).timestamp()
    assert kept["account_authentication_methods"] == [{"method": "mfa"}]


def test_noting_a_visit_gives_way_to_a_write_in_between(enter, ines):
    browser = enter(ines)
    session = browser.session

    others = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not others:
            others.append(browser.session)
            others[0]["faster"] = True
            others[0].save()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        note_seen(session, at=NOON + MINUTE)

    assert browser.session["faster"] is True


def test_visit_that_changes_the_session_is_noted_with_it(enter, after, ines):
    browser = enter(ines)

    after(browser, 5 * MINUTE, path="/es/account/second-step/")

    assert browser.session["after_second_step"]
    assert browser.session[SEEN] == (NOON + 5 * MINUTE).timestamp()


def test_session_that_was_ended_elsewhere_is_not_brought_back(enter, ines):
    browser = enter(ines)
    session = browser.session
    assert session[BEGAN]
    Session.objects.all().delete()

    note_seen(session, at=NOON + MINUTE)

    assert not Session.objects.exists()


def test_page_that_asks_nobody_reads_no_session(
    enter, after, ines, django_assert_num_queries
):
    browser = enter(ines)

    with django_assert_num_queries(0):
        after(browser, 31 * MINUTE, path="/healthz")

    assert Session.objects.exists()


def test_signing_out_by_hand_notes_nothing(enter, after, ines):
    browser = enter(ines)

    after(browser, 5 * MINUTE, path="/en/account/logout/", method="post")

    assert BEGAN not in browser.session


@pytest.mark.parametrize(("passed", "status"), [(29 * MINUTE, 204), (31 * MINUTE, 410)])
def test_who_stays_is_noted_and_who_came_too_late_is_told(
    enter, after, ines, passed, status
):
    browser = enter(ines)

    answer = after(browser, passed, path="/en/account/stay/")

    assert answer.status_code == status
    later = after(browser, passed + 29 * MINUTE)
    assert later.status_code == (200 if status == 204 else 302)


@pytest.mark.parametrize(("who", "warned"), [("ines", True), ("ana", False)])
def test_staff_is_asked_before_the_session_ends(enter, after, who, warned, request):
    browser = enter(request.getfixturevalue(who))

    page = after(browser, MINUTE).content.decode()

    assert ('<dialog id="session-end" data-seconds="1800"' in page) is warned
    assert ("staff.js" in page) is warned


def test_strangers_are_not_asked(client, db):
    assert "session-end" not in client.get("/en/help/").content.decode()
