import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from lms.approvals.actions import ask
from lms.audit.models import Alarm
from lms.models import User
from lms.people.choices import Role
from lms.people.typed import owner_of
from tests.factories import (
    NOON,
    PASSWORD,
    AffiliationFactory,
    MandateFactory,
    PersonFactory,
)
from tests.working import delivered

SIGN_IN = "/es/account/login/"


def test_sign_in_leads_to_my_learning_in_the_persons_language(client, carla, sign_in):
    answer = sign_in(carla)

    assert (answer.status_code, answer["Location"]) == (302, "/en/my-learning/")
    assert answer.cookies["language"].value == "en"


@pytest.fixture
def editor(db):
    """Somebody who is an editor by the group alone."""
    person = PersonFactory()
    person.groups.add(Group.objects.get(name="Moderators"))
    return person


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("ana", "/es/my-learning/"),
        ("tomas", "/es/team/"),
        ("ines", "/es/reports/"),
        ("sofia", "/es/region/"),
        ("admin", "/es/support/"),
        ("editor", "/admin/"),
    ],
)
def test_everybody_begins_where_their_work_is(
    request, client, sign_in, settings, who, leads_to
):
    settings.SECOND_FACTOR_REQUIRED = False
    person = request.getfixturevalue(who)

    answer = sign_in(person)

    assert answer["Location"] == leads_to
    at_home = client.get("/").url
    assert at_home == ("/es/" if who == "ana" else leads_to)
    page = client.get("/es/my-learning/").content.decode()
    assert ("Aún no tiene cursos" in page) == (who == "ana")
    assert f'href="{leads_to}"' in page


def test_of_two_duties_the_one_where_work_waits_comes_first(
    client, sign_in, ines, judiciary
):
    MandateFactory(holder=ines, role=Role.TRAINER)
    assert sign_in(ines)["Location"] == "/es/team/"

    AffiliationFactory(person=PersonFactory(), institution=judiciary)

    client.logout()
    assert sign_in(ines)["Location"] == "/es/reports/"


def test_alarms_and_approvals_wait_for_administrators(client, sign_in, admin, sofia):
    ask("mandate", subject=sofia.uuid, by=sofia, reason="", at=timezone.now())
    assert sign_in(admin)["Location"] == "/es/approvals/"

    Alarm.objects.create(
        actor=sofia, hour_at=NOON, people=1, unknown=0, usual=0, raised_at=NOON
    )

    client.logout()
    assert sign_in(admin)["Location"] == "/es/support/"


def test_sign_in_goes_on_to_the_page_that_asked_for_it(client, ana, sign_in):
    answer = sign_in(ana, next="/es/account/profile/")

    assert answer["Location"] == "/es/account/profile/"


def test_sign_in_does_not_lead_to_other_sites(client, ana, sign_in):
    answer = sign_in(ana, next="https://elsewhere.example/")

    assert answer["Location"] == "/es/my-learning/"


def test_sign_in_asks_for_the_post_that_is_missing(client, db, sign_in):
    person = PersonFactory(country="", track="")

    answer = sign_in(person, next="/es/trata/")

    assert answer["Location"] == "/es/account/post/?next=%2Fes%2Ftrata%2F"


def test_sign_in_asks_editors_for_no_post(client, admin, sign_in):
    User.objects.filter(pk=admin.pk).update(country="", track="")

    assert sign_in(admin)["Location"] == "/es/support/"


def test_sign_in_with_any_confirmed_address(client, ana):
    ana.emailaddress_set.create(email="ruiz@example.org", verified=True)

    answer = client.post(SIGN_IN, {"login": "RUIZ@example.org", "password": PASSWORD})

    assert answer.status_code == 302


def test_session_lasts_a_day_and_on_a_shared_computer_until_it_closes(
    client, ana, sign_in
):
    sign_in(ana)
    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() == 24 * 60 * 60

    client.logout()
    sign_in(ana, shared="on")
    assert client.session.get_expire_at_browser_close() is True


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "El correo y la contraseña no coinciden."),
        ("en", "The e-mail and the password do not match."),
    ],
)
def test_sign_in_says_the_same_of_known_and_unknown_addresses(
    client, ana, language, sentence
):
    pages = [
        client.post(
            f"/{language}/account/login/", {"login": email, "password": "not-this-one"}
        )
        for email in (ana.email, "nobody@example.org")
    ]

    assert [page.status_code for page in pages] == [422, 422]
    assert all(sentence in page.content.decode() for page in pages)


def test_closed_account_is_told_so_only_with_its_password(client, ana, sign_in):
    User.objects.filter(pk=ana.pk).update(is_active=False)

    right = sign_in(ana)
    wrong = client.post(SIGN_IN, {"login": ana.email, "password": "not-this-one"})

    assert right["Location"] == "/es/account/inactive/"
    assert "Esta cuenta está cerrada" in client.get(right["Location"]).content.decode()
    assert "no coinciden" in wrong.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_with_an_unconfirmed_address_sends_a_code(client, ana, sign_in, code):
    ana.emailaddress_set.update(verified=False)

    answer = sign_in(ana)

    assert answer["Location"] == "/es/account/confirm-email/"
    assert [message.to for message in delivered()] == [["ana@example.org"]]
    confirmed = client.post(answer["Location"], {"code": code()})
    assert confirmed["Location"] == "/es/my-learning/"


def test_sign_out_is_asked_for_and_then_done(client, ana):
    client.force_login(ana)

    asked = client.get("/es/account/logout/")
    done = client.post("/es/account/logout/")

    assert (asked.status_code, done.status_code) == (200, 302)
    assert "_auth_user_id" not in client.session


def test_sign_out_says_what_becomes_of_choices_that_were_not_sent(client, ana):
    client.force_login(ana)
    own = client.get("/en/account/logout/").content.decode()
    session = client.session
    session.set_expiry(0)  # at a computer that others use
    session.save()

    shared = client.get("/en/account/logout/").content.decode()

    assert f'<meta name="owner" content="{owner_of(ana)}">' in own
    assert "has not sent yet stays here for you alone" in own
    assert "Keep them for me and sign out" in own
    assert 'name="owner"' not in shared
    assert "Nothing stays on a shared computer" in shared
    assert "Keep them for me" not in shared


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/es/search/?q=a&page=2", "/es/search/?q=a&amp;page=2"),
        ("http://testserver/es/account/logout/", "/es/my-learning/"),
        ("https://elsewhere.example/es/search/", "/es/my-learning/"),
        ("http://[testserver", "/es/my-learning/"),
        ("", "/es/my-learning/"),
    ],
)
def test_who_does_not_sign_out_goes_back_to_the_page_they_were_at(
    client, ana, came_from, leads_to
):
    client.force_login(ana)

    page = client.get("/es/account/logout/", headers={"referer": came_from})

    assert f'<a class="button plain" href="{leads_to}">' in page.content.decode()


def test_signing_in_by_a_mailed_code_is_not_offered(client, db):
    answer = client.get("/es/account/login/code/confirm/")

    assert (answer.status_code, answer["Location"]) == (302, "/es/account/login/")
    assert client.get("/es/account/login/code/").status_code == 404
