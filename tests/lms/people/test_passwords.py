import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    get_default_password_validators,
)
from django.core import mail

from lms.models import User
from lms.settings import base
from tests.factories import PASSWORD
from tests.working import delivered, work_off

RESET = "/es/account/password/reset/"
NEW = {"password1": "otras cuatro palabras", "password2": "otras cuatro palabras"}


def link():
    """Have the mail sent, and return the path of the link in the newest."""
    work_off()
    return re.search(r"http://127.0.0.1:8000(/\S+/key/\S+)", mail.outbox[-1].body)[1]


def test_reset_leads_by_the_link_to_a_new_password(client, ana):
    asked = client.post(RESET, {"email": ana.email})
    page = client.get(link(), follow=True)
    saved = client.post(page.redirect_chain[-1][0], NEW)

    assert asked["Location"] == "/es/account/password/reset/done/"
    assert page.status_code == 200
    assert saved["Location"] == "/es/account/password/reset/key/done/"
    ana.refresh_from_db()
    assert ana.check_password("otras cuatro palabras")
    assert delivered()[-1].subject == "Un cambio en su cuenta de Campus"


def test_reset_link_works_once(client, ana):
    client.post(RESET, {"email": ana.email})
    path = link()
    client.post(client.get(path)["Location"], NEW)

    again = client.__class__().get(path, follow=True)

    assert "El enlace ya no funciona" in again.content.decode()


def test_reset_says_the_same_of_known_and_unknown_addresses(client, ana):
    def ask(email):
        mail.outbox.clear()
        answer = client.post(RESET, {"email": email})
        page = client.get(answer["Location"]).content.decode()
        work_off()
        return answer.status_code, answer["Location"], page, len(mail.outbox)

    assert ask(ana.email) == ask("nobody@example.org")


def test_reset_mail_is_in_the_persons_language(client, carla):
    client.post(RESET, {"email": carla.email})
    work_off()

    assert mail.outbox[0].subject == "Your password in Campus"
    assert link().startswith("/en/")


@pytest.mark.parametrize(
    ("language", "subject"),
    [("es", "Su cuenta en Campus"), ("en", "Your account in Campus")],
)
def test_reset_mail_to_a_stranger_is_in_the_screens_language(
    client, db, language, subject
):
    client.post(f"/{language}/account/password/reset/", {"email": "x@example.org"})
    work_off()

    assert mail.outbox[0].subject == subject


def test_reset_link_leads_home_whatever_host_was_named(client, ana):
    client.post(RESET, {"email": ana.email}, HTTP_HOST="elsewhere.example")
    work_off()

    assert "elsewhere.example" not in mail.outbox[0].body
    assert link()


def test_reset_of_a_closed_account_sends_no_link(client, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)

    client.post(RESET, {"email": ana.email})
    work_off()

    assert "/key/" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"password2": "otras"}, "Las dos contraseñas son distintas."),
        ({"password1": "", "password2": ""}, "Escriba una contraseña de 12"),
        ({"password2": ""}, "Escriba otra vez la contraseña nueva."),
    ],
)
def test_new_password_is_refused_with_a_sentence(client, ana, facts, sentence):
    client.post(RESET, {"email": ana.email})
    form = client.get(link())["Location"]

    answer = client.post(form, NEW | facts)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_change_of_password_asks_for_the_old_one_and_tells_by_mail(client, ana):
    client.force_login(ana)
    path = "/es/account/password/change/"

    wrong = client.post(path, NEW | {"oldpassword": "not-this-one"})
    right = client.post(path, NEW | {"oldpassword": PASSWORD})

    assert wrong.status_code == 422
    assert "Esa no es su contraseña actual." in wrong.content.decode()
    assert right["Location"] == "/es/account/profile/"
    assert [message.subject for message in delivered()] == [
        "Un cambio en su cuenta de Campus"
    ]
    assert client.get("/es/account/profile/").status_code == 200  # still signed in


def test_account_without_a_password_chooses_one(client, ana):
    ana.set_unusable_password()
    ana.save()
    client.force_login(ana)

    asked = client.get("/es/account/password/change/")
    saved = client.post(asked["Location"], NEW)

    assert asked["Location"] == "/es/account/password/set/"
    assert saved["Location"] == "/es/account/profile/"
    ana.refresh_from_db()
    assert ana.check_password(NEW["password1"])
    assert client.get(asked["Location"])["Location"] == "/es/account/password/change/"


def test_passwords_are_hashed_with_owasps_parameters(ana, settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS

    ana.set_password(PASSWORD)

    assert ana.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_hash_from_before_becomes_a_new_one_at_the_sign_in(ana, settings, sign_in):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    ana.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=10)
    ana.save()

    answer = sign_in(ana)

    assert answer["Location"] == "/es/my-learning/"
    ana.refresh_from_db()
    assert identify_hasher(ana.password).algorithm == "argon2"
    assert ana.check_password(PASSWORD)


def test_passwords_of_a_long_list_are_refused(client, db, form):
    (common,) = [
        validator
        for validator in get_default_password_validators()
        if isinstance(validator, CommonPasswordValidator)
    ]
    listed = next(word for word in sorted(common.passwords) if len(word) >= 12)

    answer = client.post("/en/account/signup/", form | {"password1": listed})

    assert len(common.passwords) >= 10_000
    assert answer.status_code == 422
    assert "This password is too common." in answer.content.decode()
    assert User.objects.count() == 0
