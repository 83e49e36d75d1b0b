"""A course that somebody chose before they came in: kept until they stand in it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Enrolment
from lms.models import User
from tests.factories import PASSWORD
from tests.posts.forms import SIGN_UP as FORM
from tests.working import work_off

SIGN_UP, SIGN_IN = "/es/account/signup/", "/es/account/login/"
CODE = "/es/account/confirm-email/"
LEARNING = "/es/my-learning/"
FIRST = "/es/trata/modulo-uno/leccion-1/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(course):
    """The address that starts the course, as the buttons for strangers bear it."""
    return f"/es/learn/courses/{course.pk}/enrol/"


def signed_up(client, **more):
    """Fill in the sign-up and the code of the letter; return where that leads."""
    assert client.post(SIGN_UP, FORM | more)["Location"] == CODE
    return client.post(CODE, {"code": code()})["Location"]


def code():
    work_off()
    return re.search(r"\b\d{4}-\d{4}\b", mail.outbox[-1].body)[0]


def test_buttons_of_strangers_lead_to_a_sign_up_that_says_what_it_starts(client, start):
    links = [
        link
        for page in ("/es/trata/", "/es/")  # at home above all, too
        for link in re.findall(
            r'class="button" href="([^"]*/signup/[^"]*)"',
            client.get(page, {"track": "judge"}).content.decode(),
        )
    ]
    page = client.get(links[0].replace("&amp;", "&"))

    assert links == [f"{SIGN_UP}?next={start.replace('/', '%2F')}&amp;track=judge"] * 3
    assert "queda inscrito en <strong>Curso C1</strong>" in page.content.decode()
    assert page.context["form"]["track"].value() == "judge"


def test_code_of_a_sign_up_enrols_and_leads_to_the_first_lesson(client, start):
    leads_to = signed_up(client, next=start)
    answer = client.get(leads_to)

    assert (leads_to, answer["Location"]) == (start, FIRST)
    enrolment = Enrolment.objects.get()
    assert (enrolment.learner.email, enrolment.track) == (FORM["email"], "judge")
    assert enrolment.affiliation.institution_typed == FORM["institution_typed"]
    assert client.get(FIRST).status_code == 200


def test_course_starts_in_the_language_that_was_chosen(client, start):
    client.post(SIGN_UP, FORM | {"next": start, "language": "en"})

    confirmed = client.post("/en/account/confirm-email/", {"code": code()})

    assert confirmed["Location"] == start.replace("/es/", "/en/")
    client.get(confirmed["Location"])
    assert Enrolment.objects.exists()


def test_known_address_signs_in_instead_and_keeps_the_course(client, ana, start):
    EmailAddress.objects.filter(user=ana).update(verified=True)
    client.post(SIGN_UP, FORM | {"next": start, "email": ana.email})
    client.get(CODE)

    entered = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})

    assert entered["Location"] == start
    assert client.get(start)["Location"] == FIRST
    assert Enrolment.objects.get().learner == ana


def test_somebody_else_who_signs_in_there_starts_nothing(client, ana, start):
    client.post(SIGN_UP, FORM | {"next": start})

    entered = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})

    assert entered["Location"] == LEARNING
    client.get(start)
    assert not Enrolment.objects.exists()


def test_sign_in_by_the_button_of_a_course_starts_it(client, ana, start):
    page = client.get(SIGN_IN, {"next": start}).content.decode()
    facts = {"login": ana.email, "password": PASSWORD, "next": start}

    entered = client.post(SIGN_IN, facts)

    assert "queda inscrito en <strong>Curso C1</strong>" in page
    assert client.get(entered["Location"])["Location"] == FIRST
    assert Enrolment.objects.get().learner == ana


def test_course_is_kept_in_a_second_tab(client, start, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.post(SIGN_UP, FORM | {"next": start})
    time_machine.shift(20)

    leads_to = signed_up(client)  # begun anew in a tab that names no course

    assert leads_to == start
    assert client.get(start)["Location"] == FIRST


@pytest.mark.parametrize("ended", ["wrong", "taken"])
def test_course_is_kept_when_the_sign_up_begins_again(client, ana, start, ended):
    client.post(SIGN_UP, FORM | {"next": start})
    again = client.get(CODE).context["start_again"]
    if ended == "wrong":
        answers = [client.post(CODE, {"code": "0000-0000"}) for _try in range(5)]
        expected = again
    else:
        sent = code()
        User.objects.filter(pk=ana.pk).update(email=FORM["email"])
        EmailAddress.objects.filter(user=ana).update(email=FORM["email"])
        answers = [client.post(CODE, {"code": sent})]
        expected = again.replace("signup", "login")

    assert again == f"{SIGN_UP}?next={start.replace('/', '%2F')}"
    assert answers[-1]["Location"] == expected


@pytest.mark.parametrize(
    "tampered",
    [
        "/es/learn/courses/00000000-0000-4000-8000-00000000dead/enrol/",
        "/es/learn/courses/none/enrol/",
        "https://elsewhere.example/es/learn/courses/{course}/enrol/",
        "//elsewhere.example/",
        "javascript:alert(1)",
    ],
)
def test_address_that_was_tampered_with_leads_to_a_plain_landing(
    client, course, tampered
):
    tampered = tampered.format(course=course.pk)
    page = client.get(SIGN_UP, {"next": tampered})

    leads_to = signed_up(client, next=tampered)

    assert page.context["start"] is None
    assert leads_to == LEARNING
    assert not Enrolment.objects.exists()


def test_course_that_enrols_nobody_is_said_on_the_page_of_the_person(
    client, course_page
):
    start = f"/es/learn/courses/{course_page.translation_key}/enrol/"
    page = client.get(SIGN_UP, {"next": start}).content.decode()

    answer = client.get(signed_up(client, next=start), follow=True)

    assert "queda inscrito" not in page
    assert answer.redirect_chain == [(LEARNING, 302)]
    assert "La inscripción en este curso todavía no está abierta" in (
        answer.content.decode()
    )
    assert not Enrolment.objects.exists()


def test_link_alone_enrols_nobody_and_a_note_enrols_once(client, start):
    client.get(signed_up(client, next=start))
    Enrolment.objects.all().delete()

    assert client.get(start)["Location"] == "/es/trata/"
    assert not Enrolment.objects.exists()


def test_looking_ahead_at_the_address_uses_nothing_up(client, start):
    signed_up(client, next=start)

    client.head(start)

    assert client.get(start)["Location"] == FIRST


def test_database_is_asked_the_same_of_a_course_for_known_addresses(ana, start):
    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            Client().post(SIGN_UP, FORM | {"next": start, "email": address})
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]

    asked("first@example.org")  # the counts of this network begin

    assert asked(ana.email) == asked("nobody@example.org")
