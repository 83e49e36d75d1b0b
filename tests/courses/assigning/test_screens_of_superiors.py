"""Whom a superior is asked about, and what their answer does."""

import pytest
from django.conf import settings

from courses.assigning.actions import start
from courses.assigning.actions.starting import PURPOSE
from courses.assigning.rules import token_of
from courses.models import (
    Assignment,
    Enrolment,
    SuperiorRequest,
)
from lms.models import Cohort, CohortMember, Event
from tests.courses.assigning.screens import browser, words
from tests.factories import NOON

pytestmark = pytest.mark.django_db
BOSS = "jefatura@example.org"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def asking(assignment):
    Cohort.objects.update(asks_superior=True)
    return assignment


def test_a_superior_is_named_confirmed_then_asked_once(ana, tomas, asking):
    client = browser(ana)
    name = f"/en/learn/assignments/{asking.pk}/superior/"
    answer = client.post(f"/en/learn/assignments/{asking.pk}/start/")
    assert answer["Location"] == name

    own = client.post(name, {"name": "Ana", "address": "ana@example.org"})
    assert own.status_code == 422
    assert "This address is yours." in words(own)

    answer = client.post(name, {"name": "Marta Chen", "address": BOSS})
    assert answer["Location"] == "/en/my-learning/"
    page = words(client.get("/en/my-learning/"))
    assert "Your trainer confirms the address; start the course after that." in page
    assert "has to confirm the address of your superior first" in page
    early = client.post(f"/en/learn/assignments/{asking.pk}/start/")
    assert early.status_code == 409
    assert "has to confirm the address of your superior first" in words(early)
    assert not SuperiorRequest.objects.exists()

    confirm(tomas, ana, {"superior_name": "Marta Chen", "superior_address": BOSS})
    client.post(f"/en/learn/assignments/{asking.pk}/start/")
    page = words(client.get("/en/my-learning/"))
    assert "Your superior was asked on 2 November 2026 and has until" in page
    assert "Start : Curso C1" not in page
    assert client.get(name)["Location"] == "/en/my-learning/"


def confirm(trainer, member, facts):
    """The trainer reads that it waits for a word, and gives it."""
    client = browser(trainer)
    page = f"/en/team/cohorts/{Cohort.objects.get().uuid}/members/{member.uuid}/"
    assert "save it to confirm it" in words(client.get(page))
    client.post(page, facts)
    assert "save it to confirm it" not in words(client.get(page))


@pytest.fixture
def asked(ana, asking):
    CohortMember.objects.update(superior_name="Marta Chen", superior_address=BOSS)
    request = start(ana, assignment=asking, at=NOON)
    token = token_of(PURPOSE, request.uuid, key=settings.SECRET_KEY)
    return f"/en/superior/{token}/"


def test_the_page_of_a_superior_shows_who_and_what_and_nothing_else(ana, asked):
    answer = browser(None).get(asked)

    page = words(answer)
    assert "Who asks Ana Lucía Ruiz Morales Course Curso C1 (en)" in page
    assert "Due on 30 November 2026 Answer until 16 November 2026" in page
    for hidden in ("ana@example.org", "Judicaturas 2026", "Organismo", BOSS):
        assert hidden not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert SuperiorRequest.objects.get().decided_at is None  # looking changes nothing
    event = Event.objects.get()
    assert (event.actor, event.kind, list(event.subjects.all())) == (
        None,
        Event.Kind.LOOK,
        [ana],
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"answer": "approve"}, "course approved"),
        ({"answer": "refuse", "reason": "Hay audiencias"}, "course not approved"),
    ],
)
def test_she_reads_on_my_data_that_her_superior_decided(ana, asked, answer, said):
    browser(None).post(asked, answer)

    page = words(browser(ana).get("/en/account/my-data/"))

    assert f"Decision of the superior : {said}" in page
    assert "Role: whoever opened the link that your superior got." in page
    assert "Change by staff" not in page


def test_a_superior_approves_once(ana, asked):
    client = browser(None)

    answer = client.post(asked, {"answer": "approve"}, follow=True)
    assert "Your answer has arrived" in words(answer)
    assert Enrolment.objects.get().learner == ana
    again = client.post(asked, {"answer": "refuse", "reason": "No"})
    assert (again.status_code, words(again)) == (410, words(client.get(asked)))
    assert words(client.get("/en/superior/unknown/")) == words(again)


def test_a_superior_who_does_not_approve_says_why(ana, asked):
    client = browser(None)

    assert client.post(asked, {"answer": "refuse"}).status_code == 422
    assert client.post(asked, {}).status_code == 422
    client.post(asked, {"answer": "refuse", "reason": "Hay audiencias"})

    mine = words(browser(ana).get("/en/my-learning/"))
    assert "Your superior did not approve it: Hay audiencias" in mine
    answer = browser(ana).post(
        f"/en/learn/assignments/{Assignment.objects.get().pk}/start/"
    )
    assert answer.status_code == 409
    assert "You can ask again tomorrow." in words(answer)


def test_who_lacks_a_post_and_a_superior_is_asked_for_the_post(ana, asking):
    type(ana).objects.update(track="")

    answer = browser(ana).post(f"/en/learn/assignments/{asking.pk}/start/")

    assert answer["Location"].startswith("/en/account/post/?next=")


def test_who_was_refused_and_has_no_superior_any_more_is_told(ana, asked):
    browser(None).post(asked, {"answer": "refuse", "reason": "Hay audiencias"})
    CohortMember.objects.update(superior_name="", superior_address="")

    key = Assignment.objects.get().pk
    answer = browser(ana).post(f"/en/learn/assignments/{key}/start/")

    assert answer.status_code == 409
    assert "You can ask again tomorrow." in words(answer)


def test_who_tries_many_tokens_is_told_to_wait(client):
    for _ in range(60):
        assert client.get("/en/superior/guess/").status_code == 410

    assert client.get("/en/superior/guess/").status_code == 429
