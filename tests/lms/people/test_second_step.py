import re
import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail

ACTIVATE = "/es/account/2fa/totp/activate/"


def shown_by_the_app(secret, time_machine, *, at="2026-11-24 12:00:00Z"):
    """Stand still in time and return the code of that moment."""
    time_machine.move_to(at, tick=False)
    return format_hotp_value(hotp_value(secret, _counter()))


def _counter():
    return int(time.time()) // 30


@pytest.fixture
def secret(ana, sure, time_machine, django_capture_on_commit_callbacks):
    """The key of the app that Ana turned on."""
    time_machine.move_to("2026-11-24 11:00:00Z", tick=False)
    browser = sure(ana)
    page = browser.get(ACTIVATE).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    code = format_hotp_value(hotp_value(secret, _counter()))
    with django_capture_on_commit_callbacks() as told_afterwards:
        answer = browser.post(ACTIVATE, {"code": code})
    with context.request_context(answer.wsgi_request):
        for tell in told_afterwards:
            tell()
    assert answer["Location"] == "/es/account/2fa/recovery-codes/"
    return secret


def test_app_is_turned_on_with_a_square_drawn_in_the_page(ana, sure):
    browser = sure(ana)

    page = browser.get(ACTIVATE).content.decode()

    assert "<svg" in page
    assert "data:" not in page
    assert "style=" not in page


def test_wrong_code_turns_nothing_on(ana, sure):
    browser = sure(ana)
    browser.get(ACTIVATE)

    answer = browser.post(ACTIVATE, {"code": "000000"})

    assert answer.status_code == 422
    assert "El código no coincide." in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_turning_the_app_on_is_told_by_mail(ana, secret):
    assert mail.outbox[0].subject == "Un cambio en su cuenta de Campus"
    assert {message.to[0] for message in mail.outbox} == {"ana@example.org"}


def test_sign_in_then_asks_for_the_code(ana, secret, client, sign_in, time_machine):
    client.logout()

    asked = sign_in(ana)
    wrong = client.post(asked["Location"], {"code": "000000"})
    right = client.post(
        asked["Location"], {"code": shown_by_the_app(secret, time_machine)}
    )

    assert asked["Location"] == "/es/account/2fa/authenticate/"
    assert wrong.status_code == 422
    assert right["Location"] == "/es/my-learning/"


def test_recovery_code_opens_once(ana, secret, client, sign_in):
    page = client.get("/es/account/2fa/recovery-codes/").content.decode()
    code = re.search(r"<code>([\w-]+)</code>", page)[1]

    def enter():
        client.logout()
        return client.post(sign_in(ana)["Location"], {"code": code}).status_code

    assert [enter(), enter()] == [302, 422]


def test_app_is_turned_off(ana, secret, client):
    answer = client.post("/es/account/2fa/totp/deactivate/")

    assert answer["Location"] == "/es/account/2fa/"
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "2fa/",
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/",
        "2fa/recovery-codes/generate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_screens_of_the_second_step_answer(ana, secret, client, path, language):
    answer = client.get(f"/{language}/account/{path}")

    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


def test_who_is_there_can_be_shown_in_another_way(ana, secret, client):
    client.logout()
    client.force_login(ana)

    page = client.get("/es/account/reauthenticate/").content.decode()
    by_app = client.get("/es/account/2fa/reauthenticate/").content.decode()

    assert "Usar la aplicación o un código de recuperación" in page
    assert "Usar la contraseña" in by_app


@pytest.fixture
def key(ana, secret):
    """A security key of Ana's; what it signs with does not matter here."""
    return Authenticator.objects.create(
        user=ana,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Llave 1", "credential": {}},
    )


def test_key_is_listed_renamed_and_removed(ana, key, client):
    keys = "/es/account/2fa/webauthn/"

    assert "Llave 1" in client.get(keys).content.decode()
    empty = client.post(f"{keys}keys/{key.pk}/edit/", {"name": ""})
    client.post(f"{keys}keys/{key.pk}/edit/", {"name": "La del despacho"})
    key.refresh_from_db()
    assert (empty.status_code, key.data["name"]) == (422, "La del despacho")
    assert (
        "La del despacho" in client.get(f"{keys}keys/{key.pk}/remove/").content.decode()
    )
    client.post(f"{keys}keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_key_of_somebody_else_is_not_found(bruno, key, sure):
    browser = sure(bruno)

    for page in ("edit", "remove"):
        path = f"/es/account/2fa/webauthn/keys/{key.pk}/{page}/"
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"name": "Mía"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Llave 1"


def test_second_step_asks_who_is_there_first(client, ana):
    client.force_login(ana)

    answer = client.get(ACTIVATE)

    assert answer["Location"].startswith("/es/account/reauthenticate/")
