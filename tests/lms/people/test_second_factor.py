"""Whoever sees other people signs in with a second step; and where that is asked."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Permission

from lms.people.choices import Role
from tests.factories import PASSWORD, MandateFactory, PersonFactory
from tests.lms.people.urls_with_people import POSTED
from tests.proving import prove

pytestmark = pytest.mark.urls("tests.lms.people.urls_with_people")
WHY = "/es/account/second-step/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = "/es/account/2fa/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    POSTED.clear()


def code_of_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def app_of(person):
    """Give the person an app with codes."""
    return TOTP.activate(person, SECRET).instance


def key_of(person, name="Llave 1"):
    return Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": {}},
    )


def editor():
    person = PersonFactory(email="elena@example.org")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_holder_without_a_second_step_is_told_why_and_how(client, ines):
    client.force_login(ines)

    answer = client.get("/shown/?page=2", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{WHY}?next=%2Fshown%2F%3Fpage%3D2", 302)]
    assert answer.status_code == 200
    assert f'href="{STEP}totp/activate/"' in page
    assert f'href="{STEP}webauthn/add/"' in page


def test_what_is_posted_without_the_second_step_changes_nothing(client, ines):
    client.force_login(ines)

    answer = client.post("/shown/", {"word": "x"})

    assert (answer.status_code, answer["Location"]) == (302, WHY)
    assert POSTED == []


def test_holder_who_showed_it_enters(client, ines):
    prove(client, ines)

    assert client.get("/shown/").content == b"people"
    client.post("/shown/", {"word": "x"})
    assert POSTED == ["x"]


def test_second_step_of_somebody_else_does_not_count(client, ines, hugo):
    prove(client, hugo)
    shown_by_hugo = dict(client.session)
    client.force_login(ines)
    session = client.session
    session.update(
        {key: word for key, word in shown_by_hugo.items() if "account" in key}
    )
    session.save()

    assert client.get("/shown/")["Location"].startswith(WHY)


@pytest.mark.parametrize("role", Role)
def test_every_role_needs_it(client, db, role):
    person = PersonFactory()
    MandateFactory(
        holder=person,
        role=role,
        country="" if role == Role.SECRETARIAT else "GT",
        seat=1 if role == Role.PROTECTION else None,
    )
    client.force_login(person)

    assert client.get("/shown/")["Location"].startswith(WHY)


def test_administrators_need_it_and_others_find_no_such_page(client, admin, ana):
    client.force_login(admin)
    asked = client.get("/shown-to-administrators/")
    client.force_login(ana)
    unknown = client.get("/shown-to-administrators/")

    assert asked["Location"].startswith(WHY)
    assert unknown.status_code == 404


def test_learners_and_strangers_are_left_to_the_page(client, ana):
    stranger = client.get("/shown/")
    client.force_login(ana)

    assert (stranger.status_code, client.get("/shown/").status_code) == (200, 200)


def test_pages_that_show_nobody_ask_for_nothing(client, ines):
    client.force_login(ines)

    assert client.get("/plain/").status_code == 200
    assert client.get("/es/my-learning/").status_code == 200


def test_setting_turns_it_off(client, ines, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(ines)

    assert client.get("/shown/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/locked/"])
def test_editors_need_it_in_all_of_the_admin(client, db, path):
    client.force_login(editor())

    assert client.get(path)["Location"].startswith(WHY)


def test_editor_who_showed_it_edits(client, db):
    prove(client, editor())

    assert client.get("/admin/").status_code == 200


def test_doors_of_the_admin_stay_open(client, db):
    client.force_login(editor())

    assert client.post("/admin/logout/")["Location"] != WHY
    assert "_auth_user_id" not in client.session


def test_who_may_not_enter_the_admin_is_turned_away_as_before(client, ines):
    client.force_login(ines)

    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_who_has_one_is_asked_for_it_and_led_on(client, ines):
    app_of(ines)
    client.force_login(ines)

    asked = client.get("/shown/", follow=True)
    answer = client.post(
        f"{STEP}reauthenticate/", {"code": code_of_now(), "next": "/shown/"}
    )

    assert asked.redirect_chain[-1] == (f"{STEP}reauthenticate/?next=%2Fshown%2F", 302)
    assert 'name="next" value="/shown/"' in asked.content.decode()
    assert answer["Location"] == "/shown/"
    assert client.get("/shown/").status_code == 200


def test_wrong_code_opens_nothing(client, ines):
    app_of(ines)
    client.force_login(ines)

    answer = client.post(
        f"{STEP}reauthenticate/", {"code": "000000", "next": "/shown/"}
    )

    assert answer.status_code == 422
    assert client.get("/shown/").status_code == 302


def test_password_once_more_is_no_second_step(client, ines):
    app_of(ines)
    client.force_login(ines)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})

    assert client.get("/shown/")["Location"].startswith(WHY)


def test_who_has_only_a_key_is_asked_for_the_key(client, ines, monkeypatch):
    monkeypatch.setattr(
        "allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: []
    )
    key_of(ines)
    client.force_login(ines)

    answer = client.get("/shown/", follow=True)

    assert answer.redirect_chain[-1][0].startswith(f"{STEP}webauthn/reauthenticate/")


def test_sign_in_with_the_app_is_enough(client, ines, sign_in):
    app_of(ines)
    client.post(sign_in(ines)["Location"], {"code": code_of_now()})

    assert client.get("/shown/").status_code == 200


def test_post_that_waited_for_a_password_does_not_pass_the_second_step(client, ines):
    client.post("/es/account/login/", {"login": ines.email, "password": PASSWORD})
    path = f"{STEP}recovery-codes/generate/"
    waits = client.post(path)
    app_of(ines)

    client.post(waits["Location"], {"password": PASSWORD})

    kinds = Authenticator.objects.filter(user=ines).values_list("type", flat=True)
    assert list(kinds) == [Authenticator.Type.TOTP]


@pytest.mark.django_db(transaction=True)
def test_turning_the_app_on_is_enough_and_leads_on(client, db):
    hilda = PersonFactory(email="hilda@example.org", holds_mandate=True)
    client.force_login(hilda)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    client.get("/shown/", follow=True)
    secret = re.search(
        r"<code>([A-Z2-7]+)</code>",
        client.get(f"{STEP}totp/activate/").content.decode(),
    )[1]

    answer = client.post(
        f"{STEP}totp/activate/", {"code": code_of_now(secret)}, follow=True
    )

    assert answer.redirect_chain[-1][0] == f"{STEP}recovery-codes/"
    assert 'href="/shown/"' in answer.content.decode()
    assert client.get("/shown/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_further_second_step_does_not_count_for_who_did_not_show_the_first(
    client, db, settings
):
    hilda = PersonFactory(email="hilda@example.org", holds_mandate=True)
    key_of(hilda)
    client.force_login(hilda)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    settings.SECOND_FACTOR_REQUIRED = False  # or the page would not even open
    page = client.get(f"{STEP}totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    client.post(f"{STEP}totp/activate/", {"code": code_of_now(secret)})
    settings.SECOND_FACTOR_REQUIRED = True

    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert client.get("/shown/")["Location"].startswith(WHY)


@pytest.mark.parametrize(
    "path",
    [
        "totp/deactivate/",
        "webauthn/add/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_one_does_not_change_it_with_the_password_alone(
    client, ana, path, method
):
    app_of(ana)
    client.force_login(ana)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    before = list(Authenticator.objects.values())

    answer = getattr(client, method)(STEP + path)

    assert answer["Location"].startswith(WHY)
    assert list(Authenticator.objects.values()) == before


def test_who_has_none_turns_the_first_one_on(client, ana):
    client.force_login(ana)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})

    assert client.get(f"{STEP}totp/activate/").status_code == 200


def test_page_that_says_why_leads_on_who_has_shown_it(client, ines):
    prove(client, ines)

    assert client.get(f"{WHY}?next=/shown/")["Location"] == "/shown/"
    assert client.get(WHY)["Location"] == "/es/reports/"
    elsewhere = client.get(f"{WHY}?next=https://elsewhere.example/")
    assert elsewhere["Location"] == "/es/reports/"


def test_page_that_says_why_is_for_people_who_signed_in(client, db):
    assert client.get(WHY)["Location"].startswith("/es/account/login/")


@pytest.fixture
def sure_and_proved(client):
    def enter(person):
        prove(client, person)
        client.post("/es/account/reauthenticate/", {"password": PASSWORD})
        return client

    return enter


def test_last_app_stays_with_who_must_have_one(sure_and_proved, ines):
    app_of(ines)
    browser = sure_and_proved(ines)

    answer = browser.post(f"{STEP}totp/deactivate/")

    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=ines).exists()


def test_last_key_stays_with_who_must_have_one(sure_and_proved, admin):
    key = key_of(admin)
    browser = sure_and_proved(admin)

    answer = browser.post(f"{STEP}webauthn/keys/{key.pk}/remove/")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_can_go(sure_and_proved, ines):
    app, key = app_of(ines), key_of(ines)
    browser = sure_and_proved(ines)

    browser.post(f"{STEP}webauthn/keys/{key.pk}/remove/")

    assert list(Authenticator.objects.filter(user=ines)) == [app]


def test_recovery_codes_are_no_second_step_of_their_own(sure_and_proved, ines):
    app = app_of(ines)
    Authenticator.objects.create(
        user=ines, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    browser = sure_and_proved(ines)

    assert browser.post(f"{STEP}totp/deactivate/").status_code == 422
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_learner_turns_the_second_step_off(sure_and_proved, ana):
    app_of(ana)
    browser = sure_and_proved(ana)

    answer = browser.post(f"{STEP}totp/deactivate/")

    assert answer["Location"] == STEP
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("needed", [False, True])
def test_demonstration_says_when_the_second_step_is_off(client, db, settings, needed):
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = True, needed

    page = client.get("/en/help/").content.decode()

    assert ("the second step of the sign-in is off" in page) is not needed
