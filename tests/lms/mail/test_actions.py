import pytest
from django.core import mail
from django.utils import translation

from lms.mail.actions import from_here, send


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("es", "Un documento está listo en Campus", "Tiene un documento nuevo"),
        ("en", "A document is ready in Campus", "You have a new document"),
    ],
)
def test_mail_is_in_the_persons_language_and_neutral(ana, language, subject, sentence):
    ana.language = language
    url = from_here("/es/certificates/")

    with translation.override("en"):
        send(ana, "certificate_ready", {"url": url})

    message = mail.outbox[0]
    assert (message.to, message.subject) == (["ana@example.org"], subject)
    assert sentence in message.body
    assert url in message.body
    assert ana.legal_name not in message.body


def test_mail_goes_to_nobody_who_may_not_sign_in(ana):
    ana.is_active = False

    send(ana, "certificate_ready", {"url": "/"})

    assert mail.outbox == []


def test_addresses_in_mail_are_those_of_the_site(settings):
    settings.SITE_URL = "https://campus.example/"

    assert from_here("/es/") == "https://campus.example/es/"
