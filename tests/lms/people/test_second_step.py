import re
import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from lms.web.models import Tries
from tests.factories import PASSWORD
from tests.working import delivered

ACTIVATE = "/es/account/2fa/totp/activate/"
CODES = "/es/account/2fa/recovery-codes/"


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
    answer.wsgi_request.session.save()
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
    assert delivered()[0].subject == "Un cambio en su cuenta de Campus"
    assert {message.to[0] for message in delivered()} == {"ana@example.org"}


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


def test_codes_are_counted_where_no_cache_forgets(
    ana, secret, client, sign_in, time_machine
):
    client.logout()
    asked = sign_in(ana)["Location"]
    right = shown_by_the_app(secret, time_machine)
    for _try in range(5):
        client.post(asked, {"code": "000000"})
        cache.clear()

    refused = client.post(asked, {"code": right})
    right = shown_by_the_app(secret, time_machine, at="2026-11-24 12:05:00Z")
    later = client.post(asked, {"code": right})

    assert refused.status_code == 422
    assert "Demasiados intentos" in refused.content.decode()
    assert later.status_code == 302


def test_a_right_code_ends_the_count(ana, secret, client, sign_in, time_machine):
    client.logout()
    asked = sign_in(ana)["Location"]
    right = shown_by_the_app(secret, time_machine)
    for _try in range(4):
        client.post(asked, {"code": "000000"})

    client.post(asked, {"code": right})

    assert not Tries.objects.filter(key__startswith="second-step").exists()


@pytest.mark.parametrize("later", ["12:00:00", "12:00:29", "12:00:31", "12:00:59"])
def test_code_opens_the_door_once(ana, secret, client, sign_in, time_machine, later):
    """Nor after the half minute for which allauth remembers it."""
    client.logout()
    code = shown_by_the_app(secret, time_machine)
    client.post(sign_in(ana)["Location"], {"code": code})
    shoulder = Client()
    asked = sign_in(ana, browser=shoulder)
    time_machine.move_to(f"2026-11-24 {later}Z", tick=False)

    for typed in (code, f"{code[:3]} {code[3:]}"):
        answer = shoulder.post(asked["Location"], {"code": typed})
        assert answer.status_code == 422
    assert "_auth_user_id" not in shoulder.session
    code = shown_by_the_app(secret, time_machine, at="2026-11-24 12:01:30Z")
    assert shoulder.post(asked["Location"], {"code": code}).status_code == 302


def test_code_that_turned_the_app_on_opens_no_door(
    ana, secret, client, sign_in, time_machine
):
    client.logout()
    code = shown_by_the_app(secret, time_machine, at="2026-11-24 11:00:00Z")

    answer = client.post(sign_in(ana)["Location"], {"code": code})

    assert answer.status_code == 422
    assert "Este código ya se usó" in answer.content.decode()


def test_step_taken_away_meanwhile_leaves_nobody_between_two_pages(
    ana, secret, client, sign_in
):
    client.logout()
    asked = sign_in(ana)
    Authenticator.objects.all().delete()

    again = client.get(asked["Location"], follow=True)

    assert again.redirect_chain == [("/es/account/login/", 302)]
    assert again.status_code == 200
    assert sign_in(ana)["Location"] == "/es/my-learning/"


def codes_shown(browser):
    page = browser.get(CODES).content.decode()
    return re.findall(r"<code>([\w-]+)</code>", page)


def test_recovery_code_opens_once(ana, secret, client, sign_in):
    code = codes_shown(client)[0]

    def enter():
        client.logout()
        return client.post(sign_in(ana)["Location"], {"code": code}).status_code

    assert [enter(), enter()] == [302, 422]


def test_recovery_codes_are_shown_once_and_then_counted(ana, secret, client):
    shown = codes_shown(client)

    again = client.get(CODES).content.decode()

    assert len(set(shown)) == 10
    assert [code for code in shown if code in again] == []
    in_english = client.get(CODES.replace("/es/", "/en/")).content.decode()
    assert "You have 10 codes left." in in_english


@pytest.mark.parametrize(
    ("minutes", "status"), [("09:59", 200), ("10:00", 404), ("11:00", 404)]
)
def test_recovery_codes_are_downloaded_soon_or_not_at_all(
    ana, secret, client, time_machine, minutes, status
):
    shown = codes_shown(client)

    time_machine.move_to(f"2026-11-24 11:{minutes}Z", tick=False)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get(f"{CODES}download/")

    assert answer.status_code == status
    if status == 200:
        assert answer.content.decode().split() == shown
        assert answer["Content-Disposition"].startswith("attachment")


def test_recovery_codes_are_not_downloaded_before_they_were_shown(secret, client):
    assert client.get(f"{CODES}download/").status_code == 404


def test_recovery_codes_are_hidden_from_other_sessions(ana, secret, client):
    other = Client()
    other.force_login(ana)
    other.post("/es/account/reauthenticate/", {"password": PASSWORD})

    assert codes_shown(other) == []
    assert other.get(f"{CODES}download/").status_code == 404
    assert len(codes_shown(client)) == 10
    assert other.get(f"{CODES}download/").status_code == 404


def test_new_recovery_codes_are_shown_once_to_who_made_them(
    secret, client, django_capture_on_commit_callbacks
):
    first = codes_shown(client)
    with django_capture_on_commit_callbacks() as told_afterwards:
        answer = client.post(f"{CODES}generate/")
    with context.request_context(answer.wsgi_request):
        for tell in told_afterwards:
            tell()
    answer.wsgi_request.session.save()

    # The old ones were shown a moment ago: that lets nobody download the new ones.
    early = client.get(f"{CODES}download/")
    second, third = codes_shown(client), codes_shown(client)

    assert answer["Location"] == CODES
    assert early.status_code == 404
    assert (len(second), set(first) & set(second), third) == (10, set(), [])


def test_recovery_codes_are_for_people_who_signed_in(client, db):
    for page in ("", "download/"):
        answer = client.get(CODES + page)
        assert answer.status_code in (302, 404)
        assert answer.get("Location", "/es/account/login/").startswith("/es/account/")


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
