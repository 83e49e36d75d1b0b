"""What allauth asks for goes by the outbox: codes and links, and notices of changes."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from lms.mail.models import Letter
from lms.mail.outbox import REGISTER
from lms.people.letters import TEMPLATES
from lms.people.limits import LETTERS
from tests.working import work_off

SIGN_UP, RESET = "/es/account/signup/", "/es/account/password/reset/"


def test_every_letter_of_allauth_has_somebody_who_draws_it():
    root = Path(settings.BASE_DIR) / "templates"
    written = {
        str(path.relative_to(root)).removesuffix("_subject.txt")
        for folder in ("account/email", "mfa/email")
        for path in (root / folder).glob("*_subject.txt")
    }

    assert written == set(TEMPLATES)
    assert written <= set(REGISTER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("account_already_exists", "email_confirmation_signup"),
        ("unknown_account", "password_reset_key"),
        ("first_password", "password_reset_key"),
    ],
)
def test_known_and_unknown_addresses_have_letters_of_the_same_urgency(one, other):
    assert LETTERS[f"account/email/{one}"] == LETTERS[f"account/email/{other}"]


def kept():
    """Return all that stands of letters and tasks."""
    return str([*Letter.objects.values(), *DBTaskResult.objects.values()])


def test_code_of_a_sign_up_stands_nowhere_to_be_read(client, db, form, code):
    client.post(SIGN_UP, form)
    before = kept()

    sent = code()

    for digits in (sent, sent.replace("-", "")):
        assert digits not in before + kept()


def test_link_to_a_new_password_stands_nowhere_to_be_read(client, ana):
    client.post(RESET, {"email": ana.email})
    work_off()

    (message,) = mail.outbox
    key = message.body.split("/key/")[1].split("/")[0]
    assert key not in kept()
    assert Letter.objects.get().sealed == ""


def test_letter_goes_to_the_address_it_is_about_and_asks_for_no_account(client, db):
    client.post(RESET, {"email": "nadie@example.org"})
    work_off()

    letter = Letter.objects.get()
    assert (letter.person, letter.address) == (None, "nadie@example.org")
    assert letter.until_at - letter.asked_at == LETTERS[letter.template]


def test_asking_again_is_another_letter(client, ana):
    for _time in range(2):
        client.post(RESET, {"email": ana.email})
    work_off()

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
