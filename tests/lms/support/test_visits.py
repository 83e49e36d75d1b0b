"""What an open account shows, to whom, and until when."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from lms.audit.models import Event
from lms.models import User
from lms.support.views.visits import FIELDS
from tests.factories import PASSWORD, MandateFactory, PersonFactory

UNKNOWN = "/en/support/visits/3f0c2a4e-0000-4000-8000-000000000000/"
ACTS = ["", "mailbox/", "second-step/", "sessions/", "name/", "close/", "merge/"]


@pytest.fixture(autouse=True)
def key(ana):
    """Ana's second step."""
    return Authenticator.objects.create(user=ana, type="webauthn", data={})


@pytest.mark.parametrize("act", ACTS)
def test_visit_is_over_at_the_minute(as_, admin, opened, page_of, act, time_machine):
    browser = as_(admin)

    def status_after(**time):
        time_machine.move_to(opened.opened_at + timedelta(**time), tick=False)
        return browser.get(page_of(act)).status_code

    assert status_after(minutes=29, seconds=59) == 200
    assert status_after(minutes=30) == 404


@pytest.mark.parametrize("act", ACTS)
def test_visit_is_its_openers_alone(as_, second_admin, page_of, act):
    assert as_(second_admin).get(page_of(act)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_unknown_visit_is_not_there(as_, admin, opened, act):
    assert as_(admin).get(UNKNOWN + act).status_code == 404


def test_unknown_act_is_not_there(as_, admin, page_of):
    assert as_(admin).get(page_of("promote/")).status_code == 404


def test_visit_shows_the_account(as_, admin, ana, page_of):
    ana.emailaddress_set.create(email="ruiz@example.org", verified=False)
    MandateFactory(holder=ana, until_on=timezone.localdate() + timedelta(days=90))
    Client().post(
        "/es/account/login/", {"login": ana.email, "password": PASSWORD}
    )  # waits for the second step: no session yet

    page = as_(admin).get(page_of()).content.decode()

    for words in [
        "Ana Lucía Ruiz Morales",
        "ana@example.org",
        "ruiz@example.org",
        "Judiciary",
        "Guatemala",
        "Ministry",
        "Security key",
        "<dt>Sessions</dt><dd>0</dd>",
        "Reasons noted",
        "Llamó por teléfono",
    ]:
        assert words in page


def test_visit_counts_the_sessions(as_, admin, ana, page_of, sign_in_twice):
    page = as_(admin).get(page_of()).content.decode()

    assert "<dt>Sessions</dt><dd>2</dd>" in page


@pytest.fixture
def sign_in_twice(ana, key):
    key.delete()
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/es/account/login/", {"login": ana.email, "password": PASSWORD})
    return browsers


def test_each_look_is_one_event(as_, admin, ana, opened, page_of):
    before = Event.objects.count()

    as_(admin).get(page_of())

    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("-pk").first()
    assert (event.kind, event.actor, event.fields) == (Event.Kind.LOOK, admin, FIELDS)
    assert list(event.subjects.all()) == [ana]


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"is_active": False, "closed_at": timezone.now()}, "closed"),
        ({"shielded": True}, "shielded"),
    ],
)
def test_visit_says_how_the_account_stands(as_, admin, ana, page_of, facts, word):
    User.objects.filter(pk=ana.pk).update(**facts)

    assert f">{word}</span>" in as_(admin).get(page_of()).content.decode()


def test_closed_account_can_only_be_opened_again(as_, admin, ana, page_of):
    User.objects.filter(pk=ana.pk).update(is_active=False, closed_at=timezone.now())
    browser = as_(admin)

    statuses = {act: browser.get(page_of(act)).status_code for act in ACTS[1:-1]}

    assert set(statuses.values()) == {404}
    assert browser.get(page_of("reopen/")).status_code == 200


def test_erased_account_cannot_be_opened_again(as_, admin, ana, page_of):
    User.objects.filter(pk=ana.pk).update(
        is_active=False,
        closed_at=timezone.now(),
        erased_at=timezone.now(),
        legal_name="",
    )

    assert as_(admin).get(page_of("reopen/")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_visit_costs_the_same_however_much_there_is(
    as_, admin, ana, page_of, number, django_assert_max_num_queries
):
    for index in range(number):
        MandateFactory(holder=ana, until_on=timezone.localdate())
        ana.emailaddress_set.create(email=f"ana{index}@example.org")
    PersonFactory.create_batch(number)
    browser = as_(admin)

    with django_assert_max_num_queries(22):
        browser.get(page_of())
