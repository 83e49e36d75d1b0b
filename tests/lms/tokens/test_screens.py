"""The screens of tokens: who finds them, what they show, and what only once."""

from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from lms.models import Token
from lms.people.choices import Role
from lms.tokens import actions
from lms.tokens.known import token_of
from tests.factories import MandateFactory
from tests.lms.tokens.conftest import today

pytestmark = pytest.mark.django_db
LIST, NEW = "/en/mandates/tokens/", "/en/mandates/tokens/new/"


@pytest.fixture
def sign_in(client):
    """Return a function that signs somebody in who has just shown the password."""

    def enter(person):
        client.force_login(person)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, "password", reauthenticated=True)
        request.session.save()
        return client

    return enter


def form(mandate, /, **more):
    until = (today() + timedelta(days=30)).isoformat()
    return {"mandate": mandate.uuid, "name": "Tablero", "until_on": until, **more}


def test_officer_makes_a_token_and_sees_its_secret_once(ines, mandate, sign_in):
    browser = sign_in(ines)

    page = browser.get("/en/mandates/mine/").content.decode()
    assert LIST in page
    assert "You have made no token." in browser.get(LIST).content.decode()
    made = browser.post(NEW, form(mandate))

    cookie = made.cookies["new_token"]
    assert cookie["httponly"]
    assert cookie["path"] == made.headers["Location"]
    shown = browser.get(made.headers["Location"])
    secret = shown.context["secret"]
    assert token_of(secret, on=today()).name == "Tablero"
    assert secret in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert browser.get(made.headers["Location"]).headers["Location"] == LIST
    again = browser.get(LIST).content.decode()
    assert secret.split("_")[1] in again
    assert secret.split("_")[2] not in again


def test_page_shows_no_other_secret_than_that_of_the_token(
    ines, hugo, mandate, make, sign_in
):
    token, secret = make(mandate)
    _other, wrong = make(mandate, name="Otro")
    page = f"/en/mandates/tokens/{token.uuid}/made/"
    browser = sign_in(ines)
    browser.cookies["new_token"] = wrong

    assert browser.get(page).headers["Location"] == LIST
    browser.cookies["new_token"] = secret
    assert browser.get(page).status_code == 200
    browser = sign_in(hugo)
    browser.cookies["new_token"] = secret
    assert browser.get(page).status_code == 404


def test_making_one_asks_for_the_password_again(client, ines, mandate):
    client.force_login(ines)

    asked = client.post(NEW, form(mandate))

    assert asked.status_code == 302
    assert "/account/reauthenticate/" in asked.headers["Location"]
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "x" * 61}, "Shorten the name to 60 letters."),
        ({"until_on": ""}, "Choose a day."),
        ({"mandate": "x"}, "Choose one of the mandates in the list."),
        ({"until_on": "2020-01-01"}, "Choose today or a later day."),
        ({"until_on": "2999-01-01"}, "not after the last day of the mandate"),
    ],
)
def test_form_says_what_is_wrong(ines, mandate, sign_in, wrong, sentence):
    answer = sign_in(ines).post(NEW, form(mandate, **wrong))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Token.objects.count() == 0


def test_posting_twice_makes_one(ines, mandate, sign_in):
    browser = sign_in(ines)
    browser.post(NEW, form(mandate))

    again = browser.post(NEW, form(mandate))

    assert again.status_code == 422
    assert "has a token of that name already" in again.content.decode()
    assert Token.objects.count() == 1


def test_form_offers_the_mandates_of_a_ministry_that_stand(ines, mandate, sign_in):
    MandateFactory(holder=ines, role=Role.TRAINER)
    MandateFactory(holder=ines, until_on=today() - timedelta(days=1))
    other = MandateFactory(holder=ines, country="HN")

    offered = sign_in(ines).get(NEW).context["form"].fields["mandate"].choices

    assert [key for key, _name in offered] == ["", str(mandate.uuid), str(other.uuid)]


def test_revoking_asks_once_more_and_ends_it(ines, mandate, make, sign_in):
    token, secret = make(mandate)
    browser = sign_in(ines)
    page = f"/en/mandates/tokens/{token.uuid}/revoke/"

    assert "Revoke it" in browser.get(page).content.decode()
    done = browser.post(page, follow=True).content.decode()

    assert "You revoked the token" in done
    assert token_of(secret, on=today()) is None
    assert browser.get(page).status_code == 404


def test_nobody_finds_the_tokens_of_somebody_else(
    ana, sofia, hugo, mandate, make, sign_in
):
    token, secret = make(mandate)
    page = f"/en/mandates/tokens/{token.uuid}/revoke/"

    for person in (ana, sofia):
        assert sign_in(person).get(LIST).status_code == 404
        assert sign_in(person).get(NEW).status_code == 404
    assert sign_in(hugo).post(page).status_code == 404
    assert "Tablero" not in sign_in(hugo).get(LIST).content.decode()
    assert token_of(secret, on=today()) == token


def test_list_says_how_each_token_stands(ines, mandate, make, now, sign_in):
    gone = MandateFactory(holder=ines, country="HN")
    revoked, _secret = make(mandate, name="Revocado")
    actions.revoke(revoked, by=ines, at=now)
    make(mandate, name="Vigente")
    make(gone, name="Sin mandato")
    gone.ended_at, gone.ended_reason = now, "Cambio de puesto"
    gone.save()
    over, _secret = make(mandate, name="Vencido", days=0)
    Token.objects.filter(pk=over.pk).update(until_on=today() - timedelta(days=1))

    rows = sign_in(ines).get(LIST).context["rows"]

    assert {row.token.name: str(row.state) for row in rows} == {
        "Vigente": "In force",
        "Revocado": "Revoked",
        "Sin mandato": "Its mandate ended",
        "Vencido": "Run out",
    }
    assert rows[0].token.name == "Vigente"


def test_maker_reads_on_my_data_that_tokens_are_kept(ines, mandate, make, sign_in):
    what = "Tokens for programs that you made"
    assert what not in sign_in(ines).get("/en/account/my-data/").content.decode()
    make(mandate)

    page = sign_in(ines).get("/en/account/my-data/").content.decode()

    assert what in page
    assert "Tablero, made on" in page


def test_list_asks_as_many_queries_for_one_token_as_for_three(
    ines, mandate, make, sign_in, django_assert_num_queries
):
    browser = sign_in(ines)
    make(mandate)
    browser.get(LIST)
    with django_assert_num_queries(6):
        browser.get(LIST)
    make(mandate, name="Otro")
    make(mandate, name="Tercero")

    with django_assert_num_queries(6):
        browser.get(LIST)
