"""Whatever shows that an account was not safe ends its tokens, and no other's."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from lms.audit.models import Event
from lms.support import actions as support
from lms.tokens.actions import REVOKED
from lms.tokens.known import token_of
from tests.factories import PASSWORD
from tests.lms.tokens.conftest import today
from tests.working import work_off

pytestmark = pytest.mark.django_db
NEW = {"password1": "otras cuatro palabras", "password2": "otras cuatro palabras"}


@pytest.fixture
def sure(client, ines):
    client.force_login(ines)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    return client


def change_password(browser, **_cast):
    browser.post("/es/account/password/change/", NEW | {"oldpassword": PASSWORD})


def choose_password(browser, *, ines, **_cast):
    ines.set_unusable_password()
    ines.save()
    browser.force_login(ines)
    browser.post("/es/account/password/set/", NEW)


def reset_password(browser, *, ines, mailoutbox, **_cast):
    browser.logout()
    browser.post("/es/account/password/reset/", {"email": ines.email})
    work_off()
    (letter,) = [letter for letter in mailoutbox if "/key/" in letter.body]
    path = re.search(r"http://127.0.0.1:8000(/\S+/key/\S+)", letter.body)[1]
    browser.post(browser.get(path)["Location"], NEW)


def turn_the_app_off(browser, *, ines, **_cast):
    TOTP.activate(ines, generate_totp_secret())
    browser.post("/es/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()


def by_support(act):
    def ask(browser, *, ines, admin, now, **_cast):
        act(ines, by=admin, reason="lost her telephone", at=now)

    return ask


@pytest.mark.parametrize(
    "act",
    [
        change_password,
        choose_password,
        reset_password,
        turn_the_app_off,
        by_support(support.end_sessions),
        by_support(support.remove_second_step),
    ],
)
def test_tokens_end_with_what_protected_them(
    act, sure, ines, hugo, admin, make, now, mailoutbox
):
    _token, secret = make(ines.mandates.get())
    _other, others = make(hugo.mandates.get())

    act(sure, ines=ines, admin=admin, now=now, mailoutbox=mailoutbox)

    assert token_of(secret, on=today()) is None
    assert token_of(others, on=today())
    assert Event.objects.filter(purpose=REVOKED, subjects=ines).count() == 1


def test_a_wrong_password_ends_nothing(sure, ines, make):
    _token, secret = make(ines.mandates.get())

    sure.post("/es/account/password/change/", NEW | {"oldpassword": "wrong"})

    assert token_of(secret, on=today())
