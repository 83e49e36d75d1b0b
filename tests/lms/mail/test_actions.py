import pytest
from django.utils import translation

from lms.mail.actions import from_here, write
from lms.mail.outbox import letter_to, post
from lms.mail.sending import send_chunk


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("es", "Un documento está listo en Campus", "Tiene un documento nuevo"),
        ("en", "A document is ready in Campus", "You have a new document"),
    ],
)
def test_mail_is_written_in_the_language_of_the_moment(language, subject, sentence):
    url = from_here("/es/certificates/")

    with translation.override(language):
        said, text = write("certificate_ready", {"url": url})

    assert said == subject
    assert sentence in text
    assert url in text


@pytest.mark.parametrize(
    "template", ["account/email/password_changed", "mfa/email/totp_activated"]
)
def test_letters_of_allauth_stand_under_its_own_names(template, at):
    subject, text = write(template, {"timestamp": at, "reset_url": "/es/reset/"})

    assert subject == "Un cambio en su cuenta de Campus"
    assert "/es/reset/" in text


def test_mail_names_nobody(ana, at, mailoutbox):
    post([letter_to(ana, event="test:1", template="account_unused", at=at)])

    send_chunk(clock=lambda: at)

    (message,) = mailoutbox
    assert ana.legal_name not in message.subject + message.body


def test_addresses_in_mail_are_those_of_the_site(settings):
    settings.SITE_URL = "https://campus.example/"

    assert from_here("/es/") == "https://campus.example/es/"
